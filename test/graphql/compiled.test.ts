import { readFileSync } from 'node:fs'
import { execute, parse } from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type OpenGraphql, openGraphql } from './open-graphql.js'

let graphql: OpenGraphql
beforeAll(async () => {
  graphql = await openGraphql()
})
afterAll(() => graphql?.close())

const from = 'from: { cluster: "west", namespace: "shop", workload: "web" }'
const because = 'because { cluster kind namespace name path source { file line } }'
const step = `{ stage outcome reason message ${because} }`

type Case = readonly [what: string, query: string, variables?: Readonly<Record<string, unknown>>]

const cases: readonly Case[] = [
  ['a scalar', '{ __typename }'],
  ['aliases', '{ a: topology(name: "shop") { b: name, c: name, name } d: topology(name: "none") { name } }'],
  ['lists', '{ topologies { nodes { name createdAt head } edges { cursor node { id } } pageInfo { hasNextPage endCursor } } }'],
  ['lists in lists', '{ topologies { nodes { versions { nodes { number tags author message contentHash } } } } }'],
  [
    'interfaces',
    'query ($id: ID!) { node(id: $id) { id __typename ... on Topology { name } ... on TopologyVersion { number } } }',
    { id: Buffer.from('Topology:shop').toString('base64url') },
  ],
  [
    'interfaces in interfaces',
    'query ($id: ID!) { node(id: $id) { ... on AnsweringVersion { contentHash deployment { perMesh { mesh availability } } } } }',
    { id: Buffer.from('TopologyVersion:shop 1').toString('base64url') },
  ],
  [
    'fragments',
    '{ topology(name: "shop") { ...A version { ...B } } } fragment A on Topology { id name ...C } fragment C on Topology { head } fragment B on TopologyVersion { number ... { tags } }',
  ],
  ['fields twice', '{ topology(name: "shop") { version { number } version { tags number } } }'],
  [
    'an include that holds',
    'query ($yes: Boolean!, $no: Boolean!) { topology(name: "shop") { name @include(if: $yes) head @skip(if: $yes) id @include(if: $no) } }',
    { yes: true, no: false },
  ],
  [
    'an include that does not',
    'query ($yes: Boolean!, $no: Boolean!) { topology(name: "shop") { name @include(if: $yes) head @skip(if: $yes) id @include(if: $no) } }',
    { yes: false, no: true },
  ],
  [
    'a fragment left out',
    'query ($no: Boolean!) { topology(name: "shop") { name ...A @include(if: $no) } } fragment A on Topology { head }',
    { no: false },
  ],
  ['defaults', 'query ($ref: String! = "1") { topology(name: "shop") { version(ref: $ref) { number } } }'],
  ['a default that is given', 'query ($ref: String! = "1") { topology(name: "shop") { version(ref: $ref) { number } } }', { ref: '2' }],
  [
    'a null in place of a default',
    'query ($ref: String! = "1") { topology(name: "shop") { version(ref: $ref) { number } } }',
    { ref: null },
  ],
  [
    'a default for an input object',
    'query ($from: SourceInput! = { cluster: "west", namespace: "shop", workload: "web" }) { topology(name: "shop") { version { reachability(from: $from, to: { host: "cart" }) { verdict } } } }',
  ],
  ['a null page', 'query ($first: Int) { topologies(first: $first) { nodes { name } } }', { first: null }],
  [
    'input objects',
    'query ($from: SourceInput!, $to: DestinationInput!) { topology(name: "shop") { version { reachability(from: $from, to: $to) { verdict reason summary } } } }',
    { from: { cluster: 'west', namespace: 'shop', workload: 'web' }, to: { host: 'cart', port: 80 } },
  ],
  [
    'input lists from one item',
    `query ($header: HeaderInput!) { topology(name: "shop") { version { reachability(${from}, to: { host: "cart", path: "/", headers: [$header] }) { verdict } } } }`,
    { header: { name: 'x', value: 'y' } },
  ],
  [
    'an item for a list',
    `{ topology(name: "shop") { version { reachability(${from}, to: { host: "cart", headers: { name: "x", value: "y" } }) { verdict } } } }`,
  ],
  [
    'a whole answer',
    `{ topology(name: "shop") { version { reachability(${from}, to: { host: "cart" }, at: "2026-03-01T00:00:00Z") { verdict reason summary validUntil
     steps ${step} endpoints { address port cluster network workload verdict reason priority share via { address port network cluster ${because} } steps ${step} }
     conditions { code on message ${because} } assumptions { code message ${because} } remedies { summary cluster manifest } } } } }`,
  ],
  [
    'what is seen',
    `{ topology(name: "shop") { version { serviceVisibility(${from}, endpoints: true, first: 2) { edges { cursor node { host namespace resolvesTo ${because}
     ports { number name protocol subsets { name tls endpoints { address port cluster network locality weight priority viaGateway health } dropped { address cluster reason ${because} } } } } }
     pageInfo { hasNextPage endCursor } hidden(first: 1) { nodes { host namespace reason ${because} } } } } } }`,
  ],
  [
    'trust',
    `{ topology(name: "shop") { version { identityTrust(client: { cluster: "west", namespace: "shop", serviceAccount: "a" }, server: { cluster: "west", namespace: "shop", serviceAccount: "b" }) {
     verdict reason summary validUntil clientAcceptsServer { verdict chain ${step} trustDomain ${step} name ${step} } serverAcceptsClient { verdict } assumptions { code } remedies { summary } } } } }`,
  ],
  [
    'the inventory',
    `{ topology(name: "shop") { version { meshes { name trustDomain clusters controlPlanes } networks { name } clusters { name mesh network role observed counts { kind count } }
     controlPlanes { name cluster configCluster revision version trustDomain clusters } tenants { name kind members } services { nodes { host ports { number } } } workloads { nodes { kind name instances dataPlane } }
     findings { nodes { code severity message resource { cluster kind namespace name } path source { file line } istio help } } deployment { clusters networks controlPlanes meshes tenancy perMesh { mesh clusters } } } } }`,
  ],
  [
    'introspection',
    '{ __schema { queryType { name } types { name kind fields { name type { name kind ofType { name } } } enumValues { name } } } __type(name: "Verdict") { description } }',
  ],
  [
    'an error in a list',
    '{ topologies { nodes { versions(first: 1) { nodes { number reachability(from: { cluster: "west", namespace: "shop", workload: "wob" }, to: { host: "x" }) { verdict } } } } } }',
  ],
  ['an error that takes the root', '{ topologies(first: 1000) { nodes { name } } topology(name: "shop") { name } }'],
  ['an error that takes its parent', '{ topology(name: "shop") { name versions(first: 0) { nodes { number } } } }'],
  [
    'a null for what may not be null',
    'query ($ref: String = "1") { topology(name: "shop") { version(ref: $ref) { number } } }',
    { ref: null },
  ],
  ['a variable not given', 'query ($first: Int) { topologies(first: $first) { nodes { name } } }'],
  [
    'a query too long to be compiled',
    `query ($ref: String! = "2") { topology(name: "shop") { version(ref: $ref) { number ${Array.from({ length: 10 }, (_, index) => `q${index}: reachability(${from}, to: { host: "cart" }) { ...R }`).join(' ')} } } }
     fragment R on Reachability { verdict reason steps ${step} endpoints { address port steps ${step} via { ${because} } } conditions { on ${because} } assumptions { code ${because} } remedies { summary } }`,
  ],
  ['text beyond ASCII', '{ topology(name: "shöp ✓ \\u0041 \\"") { name } a: topology(name: """ "block" """) { name } }'],
]

interface Told {
  readonly data?: unknown
  readonly errors?: readonly { readonly path?: unknown }[]
}

/** Errors by their place; what they say and in which order is not the same in both. */
const comparable = ({ data, errors }: Told): unknown => ({ data, errors: errors?.map(({ path }) => JSON.stringify(path)).sort() })

describe('a compiled query answers as graphql itself does', () => {
  it.each(cases.map(([what, query, variables]) => ({ what, query, variables })))('$what', async ({ query, variables }) => {
    const context = { dependencies: graphql.dependencies, operationName: undefined }
    const expected = await execute({
      schema: graphql.app.graphql.schema,
      document: parse(query),
      contextValue: context,
      variableValues: variables ?? {},
    })
    // The second time it is compiled, from then on it runs compiled.
    for (let round = 0; round < 4; round += 1) {
      const { body } = await graphql.ask(query, variables)
      expect(comparable(body), `round ${round}`).toEqual(comparable(JSON.parse(JSON.stringify(expected)) as Told))
    }
  })
})

it('the schema is served as it is written', async () => {
  const answer = await fetch(`${graphql.url}/schema.graphql`)
  expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8')
  expect(await answer.text()).toBe(readFileSync('src/graphql/schema.graphql', 'utf8'))
})
