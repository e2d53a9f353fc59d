import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { shortText } from '#engine/model/short-text'
import { twoClusters } from '../operations/two-clusters.js'
import { type OpenService, openService } from '../rest/open-service.js'

const most = 16 * 1024
const long = 'k'.repeat(900_000)

describe('a refusal', () => {
  let service: OpenService
  const ask = async (path: string, body: string, type = 'application/json') => {
    const answer = await fetch(`${service.url}${path}`, { method: 'POST', headers: { 'content-type': type }, body })
    return { status: answer.status, text: await answer.text() }
  }
  beforeAll(async () => {
    service = await openService()
    await ask('/v1/topologies/shop/versions', Buffer.from(twoClusters().body).toString(), 'application/yaml')
  })
  afterAll(() => service?.close())

  const questions = '/v1/topologies/shop/versions/latest'
  it.each([
    ['a field of a question', `${questions}/reachability`, JSON.stringify({ from: {}, to: { host: 'a' }, [long]: 1 })],
    ['a label of a source', `${questions}/reachability`, JSON.stringify({ from: { labels: { [long]: 1 } }, to: { host: 'a' } })],
    [
      'a value of a source',
      `${questions}/reachability`,
      JSON.stringify({ from: { cluster: 'west', namespace: long, workload: 'a' }, to: { host: 'a' } }),
    ],
    ['a cursor', `${questions}/visibility`, JSON.stringify({ from: { cluster: 'west' }, after: long })],
    ['a fault of JSON', `${questions}/trust`, `{"${long}": `],
    ['a field of a topology', '/v1/topologies/shop/versions', JSON.stringify({ apiVersion: 'sightline/v1', kind: 'Topology', [long]: 1 })],
    ['a key of its clusters', '/v1/validate', JSON.stringify({ apiVersion: 'sightline/v1', kind: 'Topology', clusters: [{ [long]: 1 }] })],
    ['a key that is there twice', '/v1/validate', `{"${long}": 1, "${long}": 2}`],
    ['a kind', '/v1/validate', JSON.stringify({ apiVersion: 'sightline/v1', kind: long })],
    [
      'a variable of GraphQL',
      '/graphql',
      JSON.stringify({ query: 'query ($a: Int!) { topologies(first: $a) { edges { cursor } } }', variables: { a: long } }),
    ],
    [
      'a field of an input of GraphQL',
      '/graphql',
      JSON.stringify({
        query: 'query ($a: SourceInput!) { topology(name: "shop") { version { reachability(from: $a, to: { host: "a" }) { verdict } } } }',
        variables: { a: { [long]: 1 } },
      }),
    ],
    ['a field of GraphQL', '/graphql', JSON.stringify({ query: `{ ${'f'.repeat(60_000)} }` })],
    ['an operation of GraphQL', '/graphql', JSON.stringify({ query: '{ __typename }', operationName: long })],
    ['a type of body', '/graphql', '{}', `application/${'x'.repeat(10_000)}`],
  ] as const)('quotes no more of %s than anybody reads', async (_what, path, body, type?: string) => {
    const { status, text } = await ask(path, body, type)
    const refused = (status >= 400 && status < 500) || text.startsWith('{"errors":')
    expect({ refused, short: text.length < most }, `${status} ${text.slice(0, 300)}`).toEqual({ refused: true, short: true })
  })

  it('says how much it left out, and cuts no character in two', () => {
    expect(shortText('a'.repeat(1_000))).toBe('a'.repeat(1_000))
    expect(shortText('a'.repeat(1_005))).toBe(`${'a'.repeat(1_000)}… (5 more characters)`)
    expect(shortText(`${'a'.repeat(999)}\u{1f600}b`).isWellFormed()).toBe(true)
  })
})
