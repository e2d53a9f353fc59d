import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type OpenForReader, openForReader } from './open-for-reader.js'
import { canary, sharedMesh, type SharedMesh } from './shared-mesh.js'

let service: OpenForReader
beforeAll(async () => {
  service = await openForReader()
})
afterAll(() => service?.close())

async function post(token: string, path: string, body: object): Promise<{ readonly status: number; readonly text: string }> {
  const response = await fetch(service.url + path, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return { status: response.status, text: await response.text() }
}

const ref = '{ cluster kind namespace name path source { file line } }'
const rows = `{ nodes { group { kind cluster namespace name } peer { kind cluster namespace name } port count examples verdict reason conditions { code on message because ${ref} }
  because ${ref} trace { from { cluster namespace workload gateway } to { host port } } } totals { verdict reason count } assumptions { code message because ${ref} } }`
const cluster =
  '{ name mesh network region zone role namespaces controlPlanes standsIn { name holds { name } } managedBy { name cluster reads { name } } memberOf { name trustDomain clusters } }'
const findings = `{ nodes { code message resource { cluster kind namespace name } path source { file line } } edges { cursor } pageInfo { startCursor endCursor } }`
const workload =
  '{ edges { cursor } pageInfo { startCursor endCursor } nodes { cluster namespace kind name serviceAccount controlPlane labels { name value } } }'

/** Each of them alone, as deep as it goes. */
const ofService: Readonly<Record<string, string>> = {
  workloads: workload,
  runsIn: cluster,
  callers: rows,
  reach: rows,
  findings,
  routes: `{ concern state message resource ${ref} by ${ref} controlPlanes }`,
  identities: '{ spiffeId trustDomain namespace serviceAccount clusters trust { from to verdict reason help validUntil } }',
  source: ref,
  labels: '{ name value }',
  annotations: '{ name value }',
}
const ofWorkload: Readonly<Record<string, string>> = {
  runsIn: cluster,
  managedBy: '{ name cluster configCluster trustDomain clusters reads { name } }',
  identity: ofService['identities'] ?? '',
  reach: rows,
  visible: `(endpoints: true) { nodes { host namespace resolvesTo because ${ref} ports { number name subsets { name endpoints { address cluster } dropped { address reason } } } routes { message } } hidden { nodes { host reason } } }`,
  source: ref,
  labels: '{ name value }',
  annotations: '{ name value }',
}

const runs = Math.max(2, Math.ceil(Number(process.env['LEAK_RUNS'] ?? 6) / 2))
let count = 0

async function store({ document }: SharedMesh): Promise<string> {
  count += 1
  const name = `related-${count}`
  const put = await post(service.admin, `/v1/topologies/${name}/versions`, document)
  expect(put.status, put.text).toBe(201)
  return name
}

describe('a reader of tenant a who walks the graph', () => {
  it('is told nothing of tenant b, and that there is something out of view', { timeout: 600_000 }, async () => {
    const said = new Map<string, number>()
    let foreign = 0
    await fc.assert(
      fc.asyncProperty(sharedMesh, async (mesh) => {
        const name = await store(mesh)
        const ask = async (fields: string, token = service.reader): Promise<string> => {
          const { status, text } = await post(token, '/graphql', { query: `{ topology(name: "${name}") { version { ${fields} } } }` })
          expect(status, text).toBe(200)
          expect(text).not.toMatch(/TOO_COMPLEX|INTERNAL|FORBIDDEN/)
          const cursors = [...text.matchAll(/"(?:cursor|startCursor|endCursor)":"([^"]*)"/g)].map(([, one = '']) =>
            Buffer.from(one, 'base64url').toString('utf8'),
          )
          return [text, ...cursors].join('\n')
        }
        const free = (field: string, text: string): void => {
          const found = canary.exec(text)
          if (found !== null) throw new Error(`${field} tells ${text.slice(Math.max(0, found.index - 300), found.index + 200)}`)
          if (text.includes('OUTSIDE_OF_VIEW')) foreign += 1
          said.set(field, (said.get(field) ?? 0) + text.length)
        }
        for (const [field, inside] of Object.entries(ofService)) {
          free(`services.${field}`, await ask(`services(first: 4) { nodes { host ${field} ${inside} } }`))
          free(`service.${field}`, await ask(`service(host: "server", namespace: "alpha") { host ${field} ${inside} }`))
        }
        for (const [field, inside] of Object.entries(ofWorkload)) {
          free(`workloads.${field}`, await ask(`workloads(first: 4) { nodes { name ${field} ${inside} } }`))
          free(`workload.${field}`, await ask(`workload(cluster: "west", namespace: "alpha", name: "client") { name ${field} ${inside} }`))
        }
        free('clusters', await ask(`clusters ${cluster} networks { name holds ${cluster} } controlPlanes { name reads ${cluster} }`))
        free('findings', await ask(`findings(filter: { severities: [ERROR, WARNING] }) ${findings}`))
        // What is theirs is, by its name, what is not there.
        const theirs = mesh.theirs
        const named = (field: string): string =>
          `a: service(host: "${field}", namespace: "${theirs}") { host } b: workload(cluster: "${mesh.east}", namespace: "${theirs}", name: "${field}") { name } c: service(host: "${field}.${theirs}") { host }`
        for (const guess of ['canary-server', 'canary-client', 'nobody'])
          expect(await ask(named(guess))).toBe('{"data":{"topology":{"version":{"a":null,"b":null,"c":null}}}}')
        expect(await ask(named('canary-server'), service.admin)).toContain('canary-server')
      }),
      { numRuns: runs },
    )
    expect(foreign).toBeGreaterThan(runs * 5)
    expect([...said.keys()].length).toBe(2 * (Object.keys(ofService).length + Object.keys(ofWorkload).length) + 2)
  })
})
