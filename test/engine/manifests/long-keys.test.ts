import { describe, expect, it } from 'vitest'
import { createInProcessAnalyst } from '#analyst/in-process'
import { readJson, readYaml, refused, taken, withObjects } from './reading.js'

const key = 'k'.repeat(8 << 20)
const cut = `${'k'.repeat(400)}…`
const object = (more: object) => ({ apiVersion: 'v1', kind: 'Service', metadata: { namespace: 'shop', name: 'a' }, ...more })

describe('a key of eight megabytes', () => {
  it('that no document has is a fault with its place, and is not quoted', () => {
    const { errors } = refused(readYaml(`apiVersion: sightline/v1\nkind: Topology\nclusters: []\n? "${key}"\n: 1\n`))
    expect(errors).toMatchObject([{ code: 'SCHEMA', pointer: `#/${cut}`, source: { line: 4 } }])
    expect(JSON.stringify(errors).length).toBeLessThan(2000)
  })

  it('with a wrong value is a fault with its place', () => {
    const { errors } = refused(readJson(withObjects(object({ spec: { [key]: '\ud800' } }))))
    expect(errors).toMatchObject([{ code: 'CHARACTER_REFUSED', pointer: `#/clusters/0/resources/0/spec/${cut}` }])
    expect(JSON.stringify(errors).length).toBeLessThan(2000)
  })

  it('under which a secret stood is told as far as anybody reads it', () => {
    const { notes } = taken(readJson(withObjects(object({ kind: 'Secret', data: { [key]: 'eA==' } }))))
    expect(notes).toMatchObject([{ code: 'SECRET_REMOVED', path: `data["${cut}"]` }])
    expect(JSON.stringify(notes).length).toBeLessThan(3000)
  })

  it('of an object is found, in a report of a few kilobytes', { timeout: 60_000 }, async () => {
    const body = new TextEncoder().encode(
      withObjects(object({ spec: { [key]: 1 } }), object({ metadata: { namespace: 'shop', name: 'b', labels: { [key]: 'x' } } })),
    )
    const analyst = createInProcessAnalyst()
    const report = await analyst.ask('validate', { upload: { body, mediaType: 'application/json' }, at: 0 })
    expect(JSON.stringify(report).length).toBeLessThan(20_000)
    expect(report).toMatchObject({ value: { findings: expect.arrayContaining([expect.objectContaining({ path: `spec["${cut}"]` })]) } })
  })
})
