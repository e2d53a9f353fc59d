import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import {
  buildSchema,
  type GraphQLObjectType,
  type GraphQLOutputType,
  getNamedType,
  isInterfaceType,
  isObjectType,
  isScalarType,
  isEnumType,
} from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type OpenForReader, openForReader } from './open-for-reader.js'
import { canary, sharedMesh, type SharedMesh } from './shared-mesh.js'

let service: OpenForReader
let admin: string
let reader: string
beforeAll(async () => {
  service = await openForReader()
  ;({ admin, reader } = service)
})
afterAll(() => service?.close())

interface Told {
  readonly status: number
  readonly text: string
  readonly body: unknown
}

async function send(token: string, path: string, method: string, body?: object): Promise<Told> {
  const response = await fetch(service.url + path, {
    method,
    headers: { authorization: `Bearer ${token}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  const headers = JSON.stringify([...response.headers])
  return { status: response.status, text: headers + text, body: text === '' ? null : JSON.parse(text) }
}
const post = (token: string, path: string, body: object): Promise<Told> => send(token, path, 'POST', body)
const get = (token: string, path: string): Promise<Told> => send(token, path, 'GET')

const west = { cluster: 'west', namespace: 'alpha' }
/** What the reader of a may think of: things of a, things that are not there, and guesses at things of b. */
const sources = (east: string, theirs: string): readonly object[] => [
  { ...west, workload: 'client' },
  { ...west, workload: 'server' },
  { ...west, workload: 'sevrer' },
  { ...west, serviceAccount: 'client' },
  west,
  { cluster: east, namespace: 'alpha', workload: 'server' },
  { cluster: 'west', namespace: theirs, workload: 'canary-client' },
  { cluster: east, namespace: theirs, workload: 'canary-client' },
  { cluster: 'west', namespace: theirs, workload: 'none' },
  { cluster: 'wset', namespace: 'alpha', workload: 'client' },
  { proxy: { cluster: 'west', namespace: 'alpha', controlPlane: 'wset' } },
  { proxy: { cluster: 'west', namespace: 'alpha', serviceAccount: 'client' } },
  { gateway: `west/alpha/gateway` },
  { gateway: `west/${theirs}/canary-gateway` },
  { outside: true },
]
const hosts = (theirs: string): readonly string[] => [
  'server',
  'server.alpha',
  'server.alpha.svc.cluster.local',
  'client',
  'shared.example.com',
  'db.example.com',
  'www.example.com',
  'canary-db.example.com',
  `canary-server.${theirs}`,
  `canary-server.${theirs}.svc.cluster.local`,
  'canary-srever',
  'nowhere.example.com',
  '10.10.11.2',
  '10.66.11.2',
]
const identities = (east: string, theirs: string): readonly object[] => [
  { ...west, serviceAccount: 'client' },
  { namespace: 'alpha', serviceAccount: 'server' },
  { spiffeId: 'spiffe://cluster.local/ns/alpha/sa/client' },
  { spiffeId: `spiffe://cluster.local/ns/${theirs}/sa/canary-client` },
  { cluster: east, namespace: theirs, serviceAccount: 'canary-server' },
  { cluster: 'wset', namespace: 'alpha', serviceAccount: 'client' },
  { spiffeId: 'spiffe://other.domain/ns/alpha/sa/client' },
]

const schema = buildSchema(readFileSync('src/graphql/schema.graphql', 'utf8'))
/** Where fields lead from one thing to the next, on and on: relations.test.ts asks for these one by one. */
const walked: Readonly<Record<string, readonly string[]>> = {
  Service: ['workloads', 'runsIn', 'callers', 'reach', 'findings', 'routes', 'identities', 'source'],
  Workload: ['runsIn', 'managedBy', 'identity', 'reach', 'visible', 'source'],
  Cluster: ['standsIn', 'managedBy', 'memberOf'],
  Network: ['holds'],
  ControlPlane: ['reads'],
}

/** Every field that needs no argument, as deep as fields go. */
function allOf(type: GraphQLOutputType, depth = 7): string {
  const named = getNamedType(type)
  if (isScalarType(named) || isEnumType(named)) return ''
  if (depth === 0 || !(isObjectType(named) || isInterfaceType(named))) return '{ __typename }'
  const fields = Object.values((named as GraphQLObjectType).getFields()).filter(
    ({ name, args }) => !walked[named.name]?.includes(name) && args.every(({ type: of }) => !String(of).endsWith('!')),
  )
  return `{ ${fields.map(({ name, type: of }) => `${name} ${allOf(of, depth - 1)}`).join(' ')} }`
}
const fieldOf = (parent: string, field: string): GraphQLOutputType =>
  (schema.getType(parent) as GraphQLObjectType).getFields()[field]?.type as GraphQLOutputType

let count = 0
async function store({ document }: SharedMesh): Promise<string> {
  count += 1
  const name = `mesh-${count}`
  const put = await post(admin, `/v1/topologies/${name}/versions?message=canary-message&author=canary-author`, document)
  expect(put.status, put.text).toBe(201)
  return name
}

/** Not a byte of b's, but for what the asker said. */
function free(told: Told, asked: unknown, tally: Map<number, number>): void {
  tally.set(told.status, (tally.get(told.status) ?? 0) + 1)
  expect(told.status, told.text).toBeLessThan(500)
  const host = (asked as { readonly host?: string }).host
  const text = host === undefined ? told.text : told.text.replaceAll(host, '')
  const found = canary.exec(text)
  if (found !== null) throw new Error(`${JSON.stringify(asked)} tells ${text.slice(Math.max(0, found.index - 300), found.index + 200)}`)
}

const runs = Number(process.env['LEAK_RUNS'] ?? 6)

type Tally = Map<number, number>

const callsOf = ({ east, theirs }: SharedMesh): readonly object[] =>
  sources(east, theirs).flatMap((from) =>
    hosts(theirs).flatMap((host) => [
      { from, to: { host } },
      { from, to: { host, port: 8080, path: '/x' } },
    ]),
  )

/** Calls, together and alone; the verdicts of those that are answered. */
async function askAboutCalls(at: string, mesh: SharedMesh, tally: Tally): Promise<readonly string[]> {
  const calls = callsOf(mesh)
  const all = await post(reader, `${at}/reachability`, { calls })
  free(all, {}, tally)
  expect(canary.test((await post(admin, `${at}/reachability`, { calls })).text)).toBe(true)
  for (const call of calls.slice(0, 12)) free(await post(reader, `${at}/reachability`, call), {}, tally)
  return [...all.text.matchAll(/\{"verdict":"([A-Z]+)","reason":"[A-Z_]+","summary"/g)].map(([, verdict = '']) => verdict)
}

interface Paged {
  readonly page?: { readonly nextCursor: string | null }
}

async function askPageByPage(at: string, from: object, tally: Tally): Promise<void> {
  let after: string | null | undefined
  for (let page = 0; page < 12 && after !== null; page += 1) {
    const told: Told = await post(reader, `${at}/visibility`, { from, first: 1, after })
    after = (told.body as Paged).page?.nextCursor ?? null
    free({ ...told, text: told.text + Buffer.from(after ?? '', 'base64url').toString('utf8') }, {}, tally)
  }
}

async function askAboutServices(at: string, { east, theirs }: SharedMesh, tally: Tally): Promise<void> {
  for (const from of sources(east, theirs)) {
    for (const host of ['server', 'canary-db.example.com', `canary-server.${theirs}`]) {
      const asked = { from, endpoints: true, host }
      free(await post(reader, `${at}/visibility`, asked), asked, tally)
    }
    free(await post(reader, `${at}/visibility`, { from, endpoints: true }), {}, tally)
    await askPageByPage(at, from, tally)
  }
}

/** How many of theirs are told what their proxies are given. */
async function askAboutProxies(at: string, { east, theirs }: SharedMesh, tally: Tally): Promise<number> {
  let told = 0
  for (const from of sources(east, theirs)) {
    const given = await post(reader, `${at}/proxy-config`, { from })
    free(given, {}, tally)
    if (given.text.includes('"proxy":"west/alpha/client-0"')) told += 1
    if (given.status === 200 && canary.test((await post(admin, `${at}/proxy-config`, { from })).text))
      expect(given.text).toContain('OUTSIDE_OF_VIEW')
  }
  return told
}

async function askAboutTrust(at: string, { east, theirs }: SharedMesh, tally: Tally): Promise<void> {
  for (const client of identities(east, theirs)) {
    for (const server of identities(east, theirs)) free(await post(reader, `${at}/trust`, { client, server }), {}, tally)
  }
}

async function askForTheRest(name: string, { document }: SharedMesh, tally: Tally): Promise<void> {
  const at = `/v1/topologies/${name}`
  for (const path of ['', '/versions', '/versions/latest', '/versions/1', '/versions/latest/document'])
    free(await get(reader, at + path), {}, tally)
  for (const path of ['versions/latest/proxy-config', 'versions/latest/validate', 'check']) {
    const told = await post(reader, `${at}/${path}`, path === 'check' ? document : {})
    expect(told.status).toBe(403)
    free(told, {}, tally)
  }
  free(await post(reader, '/v1/validate', document), {}, tally)
  free(await get(reader, '/v1/topologies'), {}, tally)
}

describe('a reader of tenant a is told nothing of tenant b', () => {
  it('over REST, in answers and errors', { timeout: 600_000 }, async () => {
    const tally: Tally = new Map()
    const verdicts: string[] = []
    let proxies = 0
    await fc.assert(
      fc.asyncProperty(sharedMesh, async (mesh) => {
        const name = await store(mesh)
        const at = `/v1/topologies/${name}/versions/latest`
        verdicts.push(...(await askAboutCalls(at, mesh, tally)))
        await askAboutServices(at, mesh, tally)
        proxies += await askAboutProxies(at, mesh, tally)
        await askAboutTrust(at, mesh, tally)
        await askForTheRest(name, mesh, tally)
      }),
      { numRuns: runs },
    )
    expect(tally.get(200)).toBeGreaterThan(50)
    expect(tally.get(403)).toBeGreaterThan(10)
    expect(proxies).toBeGreaterThan(runs)
    expect(new Set(verdicts).size).toBeGreaterThan(1)
    expect(verdicts.length).toBeGreaterThan(runs * 50)
  })

  it('over GraphQL, in every field, node and cursor', { timeout: 600_000 }, async () => {
    const tally = new Map<number, number>()
    const answered = new Map<string, number>()
    await fc.assert(
      fc.asyncProperty(sharedMesh, async (mesh) => {
        const name = await store(mesh)
        const { east, theirs } = mesh
        const ask = async (query: string, variables: object = {}): Promise<Told> => {
          const told = await post(reader, '/graphql', { query, variables })
          for (const [, field = ''] of told.text.matchAll(
            /"(reachability|serviceVisibility|identityTrust|proxyConfig|services|workloads|clusters|tenants)":[{[]/g,
          ))
            answered.set(field, (answered.get(field) ?? 0) + 1)
          expect(told.text).not.toMatch(/Syntax Error|Cannot query|must have a selection|TOO_COMPLEX/)
          const cursors = [...told.text.matchAll(/"(?:endCursor|cursor|id)":"([^"]*)"/g)].map(([, text = '']) =>
            Buffer.from(text, 'base64url').toString('utf8'),
          )
          return { ...told, text: told.text + cursors.join('\n') }
        }
        const at = `topology(name: "${name}") { version`
        for (const field of ['services', 'workloads']) {
          free(await ask(`{ ${at} { id ${field}(first: 100) ${allOf(fieldOf('TopologyVersion', field), 5)} } } }`), {}, tally)
          free(await ask(`{ ${at} { ${field}(first: 1) ${allOf(fieldOf('TopologyVersion', field), 5)} } } }`), {}, tally)
        }
        for (const field of ['meshes', 'networks', 'clusters', 'controlPlanes', 'tenants', 'findings', 'deployment', 'proxyConfig']) {
          free(await ask(`{ ${at} { id tags message author ${field} ${allOf(fieldOf('TopologyVersion', field), 5)} } } }`), {}, tally)
        }
        for (const from of sources(east, theirs)) {
          for (const host of hosts(theirs)) {
            const query = `query ($from: SourceInput!, $to: DestinationInput!) { ${at} { reachability(from: $from, to: $to) ${allOf(fieldOf('TopologyVersion', 'reachability'), 5)} } } }`
            free(await ask(query, { from, to: { host } }), {}, tally)
          }
          const given = `query ($from: SourceInput!) { ${at} { proxyConfig(from: $from) ${allOf(fieldOf('TopologyVersion', 'proxyConfig'), 6)} } } }`
          free(await ask(given, { from }), {}, tally)
          const inside = [
            `nodes ${allOf(schema.getType('VisibleService') as GraphQLObjectType, 5)} pageInfo { hasNextPage endCursor }`,
            `assumptions { code message because { name } } edges { cursor node { host } }`,
            `hidden(first: 5) { edges { cursor } nodes ${allOf(schema.getType('HiddenService') as GraphQLObjectType, 4)} pageInfo { endCursor } }`,
          ]
          for (const part of inside) {
            const query = `query ($from: SourceInput!) { ${at} { serviceVisibility(from: $from, endpoints: true, first: 5) { ${part} } } } }`
            free(await ask(query, { from }), {}, tally)
          }
        }
        const [client, , , server] = identities(east, theirs)
        const trust = `query ($client: IdentityInput!, $server: IdentityInput!) { ${at} { identityTrust(client: $client, server: $server) ${allOf(fieldOf('TopologyVersion', 'identityTrust'), 5)} } } }`
        free(await ask(trust, { client, server }), {}, tally)
        const { data } = (await ask(`{ topology(name: "${name}") { id version { id } } }`)).body as {
          readonly data: { readonly topology: { readonly id: string; readonly version: { readonly id: string } } }
        }
        for (const id of [data.topology.id, data.topology.version.id]) {
          free(
            await ask(
              `query ($id: ID!) { node(id: $id) { id ... on Topology { name description } ... on TopologyVersion { message author services { nodes { host } } } } }`,
              { id },
            ),
            {},
            tally,
          )
        }
      }),
      { numRuns: Math.max(2, Math.ceil(runs / 3)) },
    )
    const kinds = ['clusters', 'identityTrust', 'proxyConfig', 'reachability', 'serviceVisibility', 'services', 'tenants', 'workloads']
    expect([...answered.keys()].toSorted()).toEqual(kinds)
  })
})
