import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { call } from './call.js'

const folder = mkdtempSync(join(tmpdir(), 'sightline-watch-'))
afterAll(() => rmSync(folder, { recursive: true }))

describe('validate --watch', () => {
  it('validates again whenever a file changes, and waits out what cannot be read', async () => {
    const document = join(folder, 'topology.yaml')
    const write = (clusters: string) => writeFileSync(document, `apiVersion: sightline/v1\nkind: Topology\nclusters: ${clusters}\n`)
    write('[{ name: west, controlPlane: { role: PRIMARY } }]')
    const ending = new AbortController()
    let [out, err] = ['', '']
    const watching = call(['validate', folder, '--watch'], {
      out: async (text) => void (out += String(text)),
      err: (text) => void (err += text),
      until: ending.signal,
    })
    await expect.poll(() => out.match(/^PASS/gm)?.length, { timeout: 20_000 }).toBe(1)
    write('[{ name: [')
    await expect.poll(() => err, { timeout: 20_000 }).toContain('sightline: ')
    write('[{ name: west, controlPlane: { role: PRIMARY }, network: none }]\nnetworks: [{ name: some }]')
    await expect.poll(() => out, { timeout: 20_000 }).toMatch(/^FAIL/m)
    ending.abort()
    expect((await watching).code).toBe(1)
  })

  it.each([
    ['standard input', ['-']],
    ['a server', ['shop', '--server', 'http://127.0.0.1:9']],
    ['what is not there', [join(folder, 'none')]],
  ])('does not watch %s', async (_what, words) => {
    expect(await call(['validate', ...words, '--watch'])).toMatchObject({ code: 2, out: '' })
  })
})
