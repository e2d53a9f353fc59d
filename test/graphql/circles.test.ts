import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { appendVersion } from '#operations/versions/append-version'
import { yaml } from '../operations/two-clusters.js'
import { type OpenGraphql, openGraphql } from './open-graphql.js'

const times = (count: number, text: (index: number) => string): string => Array.from({ length: count }, (_, index) => text(index)).join(' ')

let graphql: OpenGraphql
beforeAll(async () => {
  graphql = await openGraphql()
  // 40 in one network: there and back 80, on from there 1,600.
  const clusters = times(40, (index) => `{ name: c${index}, mesh: mesh1, network: net1 },`)
  const text = `{ apiVersion: sightline/v1, kind: Topology, meshes: [{ name: mesh1 }], clusters: [${clusters}] }`
  await appendVersion(graphql.dependencies, { topology: 'wide', upload: yaml(text) })
})
afterAll(() => graphql?.close())

const circle = (turns: number, inside: string): string =>
  `networks { ${'holds { standsIn { '.repeat(turns)} ${inside} ${'} } '.repeat(turns)} }`
const version = (fields: string): string => `topology(name: "wide") { version { ${fields} } }`

async function refused(query: string): Promise<void> {
  const started = performance.now()
  const { status, body } = await graphql.ask(query)
  expect(performance.now() - started).toBeLessThan(3_000)
  expect(status).toBe(400)
  expect(body).not.toHaveProperty('data')
  expect(body.errors.map(({ extensions }) => extensions.code)).toEqual(['TOO_COMPLEX'])
  expect(body.errors[0].message).toContain('more than 10000 others')
}

describe('clusters, networks and control planes that lead to one another', () => {
  it('do so 10,000 times in a request', async () => {
    const { body } = await graphql.ask(`{ ${version(times(3, (index) => `a${index}: ${circle(1, 'holds { name }')}`))} }`)
    expect(body.errors).toBeUndefined()
    await refused(`{ ${version(times(7, (index) => `a${index}: ${circle(1, 'holds { name }')}`))} }`)
  })

  it('and a request that goes on is refused as a whole, soon, and with one error, before and after it is compiled', async () => {
    for (const query of [
      circle(4, 'name'),
      circle(
        3,
        times(20, (index) => `a${index}: holds { name }`),
      ),
    ]) {
      for (let round = 0; round < 3; round += 1) await refused(`{ ${version(query)} }`)
    }
    expect(graphql.logged).toEqual([])
  })

  it('whichever of its versions they are in', async () => {
    await refused(`{ ${times(8, (index) => `a${index}: ${version(circle(1, 'holds { name }'))}`)} }`)
  })
})
