import fc from 'fast-check'
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
}

async function post(token: string, path: string, body: object): Promise<Told> {
  const response = await fetch(service.url + path, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return { status: response.status, text: await response.text() }
}

const subjects = ({ east, theirs }: SharedMesh): readonly object[] => [
  { cluster: 'west', namespace: 'alpha', workload: 'client' },
  { cluster: 'west', namespace: 'alpha', workload: 'server' },
  { cluster: 'west', namespace: 'alpha', workload: 'sevrer' },
  { cluster: 'west', namespace: 'alpha' },
  { namespace: 'alpha' },
  { namespace: theirs },
  { namespace: '*' },
  { cluster: 'west' },
  { cluster: east, namespace: theirs, workload: 'canary-client' },
  { cluster: 'west', namespace: theirs, workload: 'none' },
  { host: 'server', namespace: 'alpha' },
  { host: 'server.alpha' },
  { host: 'shared.example.com' },
  { host: `canary-server.${theirs}` },
  { host: 'canary-db.example.com' },
  { host: `canary-server.${theirs}`, tenant: 'team-a' },
  { host: 'nowhere.example.com' },
  { spiffeId: 'spiffe://cluster.local/ns/alpha/sa/client' },
  { spiffeId: `spiffe://cluster.local/ns/${theirs}/sa/canary-client` },
  { tenant: 'team-a' },
  { tenant: 'team-b' },
  { tenant: 'team-c' },
  { gateway: 'west/alpha/gateway' },
  { gateway: `west/${theirs}/canary-gateway` },
  { proxy: { cluster: 'west', namespace: 'alpha', serviceAccount: 'client' } },
  { outside: true },
  {},
]

/** Not a byte of b's, but for what the asker said. */
function free({ status, text }: Told, asked: object, tally: Map<number, number>): void {
  tally.set(status, (tally.get(status) ?? 0) + 1)
  expect(status, text).toBeLessThan(500)
  const said = Object.values(asked).filter((value) => typeof value === 'string')
  const bare = said.reduce((rest, value) => rest.replaceAll(value, ''), text)
  const found = canary.exec(bare)
  if (found !== null) throw new Error(`${JSON.stringify(asked)} tells ${bare.slice(Math.max(0, found.index - 300), found.index + 200)}`)
}

const groups = ['WORKLOAD', 'IDENTITY', 'NAMESPACE', 'TENANT', 'SERVICE'] as const

let count = 0
const store = async ({ document }: SharedMesh): Promise<string> => {
  count += 1
  const put = await post(admin, `/v1/topologies/mesh-${count}/versions`, document)
  expect(put.status, put.text).toBe(201)
  return `/v1/topologies/mesh-${count}/versions/latest`
}

describe('the question turned round, asked by a reader of tenant a', () => {
  it('is told of what is theirs, with everybody else as one and nothing of tenant b', { timeout: 600_000 }, async () => {
    const tally = new Map<number, number>()
    let folded = 0
    let leaking = 0
    await fc.assert(
      fc.asyncProperty(sharedMesh, async (mesh) => {
        const at = await store(mesh)
        for (const of of subjects(mesh)) {
          for (const by of groups) {
            for (const question of ['callers', 'reach']) {
              const told = await post(reader, `${at}/${question}`, { of, by, first: 100 })
              free(told, of, tally)
              if (told.text.includes('"kind":"OUTSIDE_OF_VIEW"')) folded += 1
            }
          }
          free(await post(reader, `${at}/effective-policy`, { of, first: 100 }), of, tally)
          free(await post(reader, `${at}/isolation`, { between: [of, { namespace: 'alpha' }] }), of, tally)
          free(await post(reader, `${at}/isolation`, { between: [{ tenant: 'team-a' }, of], by: 'WORKLOAD' }), of, tally)
        }
        const told = await post(admin, `${at}/callers`, { of: { host: 'server.alpha' }, by: 'WORKLOAD', first: 100 })
        if (canary.test(told.text)) leaking += 1
      }),
      { numRuns: 5 },
    )
    expect(tally.get(200)).toBeGreaterThan(100)
    expect(tally.get(403)).toBeGreaterThan(100)
    expect(folded).toBeGreaterThan(20)
    expect(leaking).toBeGreaterThan(2)
  })

  it('is refused what is not theirs in the same words whether it exists or not', async () => {
    const [mesh] = fc.sample(sharedMesh, { numRuns: 1, seed: 1 })
    if (mesh === undefined) return
    const at = await store(mesh)
    const texts = await Promise.all(
      [{ tenant: 'team-b' }, { tenant: 'team-c' }, { namespace: mesh.theirs }, { host: 'nowhere.example.com' }, { outside: true }].map(
        (of) => post(reader, `${at}/callers`, { of }),
      ),
    )
    const same = texts.map(({ status, text }) => [status, (JSON.parse(text) as { readonly detail: string }).detail])
    expect(new Set(same.map(String)).size).toBe(1)
    expect(same[0]?.[0]).toBe(403)
  })
})
