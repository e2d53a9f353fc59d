import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type OpenService, openService } from './open-service.js'
import { problemOf } from './problem-of.js'

const yaml = 'application/yaml'
const json = 'application/json'
const limit = 256 * 1024

let service: OpenService
beforeAll(async () => {
  service = await openService({ BODY_LIMIT: `${limit}` })
})
afterAll(() => service?.close())

const append = (topology: string, type: string, body: string | Uint8Array) =>
  service.http.post(`/v1/topologies/${topology}/versions`).type(type).send(body)

const header = 'apiVersion: sightline/v1\nkind: Topology\n'
const west = (resources: readonly string[]) =>
  `${header}clusters:\n  - name: west\n    resources:\n${resources.map((one) => `      - ${one}\n`).join('')}`

/** Nine aliases of nine aliases of … nine: 3.5 billion values in 300 characters. */
const bomb = `a: &a [x, x, x, x, x, x, x, x, x]\n${[...'bcdefghi'].map((name, index) => `${name}: &${name} [${Array(9).fill(`*${'abcdefgh'[index]}`).join(', ')}]\n`).join('')}`

const configMap = (metadata: string) => `{"apiVersion":"v1","kind":"ConfigMap","metadata":${metadata}}`
const inJson = (resource: string) =>
  `{"apiVersion":"sightline/v1","kind":"Topology","clusters":[\n{"name":"west","resources":[\n${resource}]}]}`

interface Refused {
  readonly what: string
  readonly type?: string
  readonly body: string
  readonly fault: { readonly code: string; readonly pointer?: string; readonly line: number }
}

const refused: readonly Refused[] = [
  { what: 'text that is not YAML', body: 'kind: Topology\n\tclusters: []\n', fault: { code: 'NOT_YAML', line: 2 } },
  { what: 'text that is not JSON', type: json, body: '{\n"kind": Topology\n}', fault: { code: 'NOT_JSON', line: 2 } },
  { what: 'YAML that is no object', body: 'hello\n', fault: { code: 'SCHEMA', pointer: '#', line: 1 } },
  {
    what: 'an object of another kind',
    body: 'apiVersion: sightline/v1\nclusters: []\nkind: Pod\n',
    fault: { code: 'SCHEMA', pointer: '#/kind', line: 3 },
  },
  {
    what: 'a field that a topology does not have',
    body: `${header}clusters: []\nclutsers: []\n`,
    fault: { code: 'SCHEMA', pointer: '#/clutsers', line: 4 },
  },
  {
    what: 'a value of the wrong type',
    body: `${header}clusters:\n  - name: west\n    network: [network1]\n`,
    fault: { code: 'SCHEMA', pointer: '#/clusters/0/network', line: 5 },
  },
  { what: 'aliases that multiply', body: bomb, fault: { code: 'ALIAS_LIMIT', line: 6 } },
  { what: 'deep nesting in YAML', body: '['.repeat(10_000), fault: { code: 'DEPTH_EXCEEDED', line: 1 } },
  {
    what: 'deep nesting in JSON',
    type: json,
    body: `${'['.repeat(100_000)}${']'.repeat(100_000)}`,
    fault: { code: 'DEPTH_EXCEEDED', line: 1 },
  },
  {
    what: 'a key that reaches for the prototype, in JSON',
    type: json,
    body: inJson(configMap('{"name":"a","__proto__":{"admin":true}}')),
    fault: { code: 'KEY_REFUSED', pointer: '#/clusters/0/resources/0/metadata/__proto__', line: 3 },
  },
  {
    what: 'a key that reaches for the prototype, in YAML',
    body: west(['{ apiVersion: v1, kind: ConfigMap, metadata: { name: a, __proto__: { admin: true } } }']),
    fault: { code: 'KEY_REFUSED', pointer: '#/clusters/0/resources/0/metadata/__proto__', line: 6 },
  },
  { what: 'the same key twice', body: `${header}kind: Topology\nclusters: []\n`, fault: { code: 'KEY_REPEATED', line: 3 } },
  {
    what: 'a list of objects that is null',
    body: `${header}clusters:\n  - name: west\n    resources:\n`,
    fault: { code: 'SCHEMA', pointer: '#/clusters/0/resources', line: 5 },
  },
  {
    what: 'an object that is null',
    body: west(['{ apiVersion: v1, kind: Namespace, metadata: { name: shop } }', 'null']),
    fault: { code: 'OBJECT_UNIDENTIFIED', pointer: '#/clusters/0/resources/1', line: 7 },
  },
  {
    what: 'an object of a List that is null',
    type: json,
    body: '{"apiVersion":"v1",\n"kind":"List",\n"items":[null]}',
    fault: { code: 'OBJECT_UNIDENTIFIED', pointer: '#/items/0', line: 3 },
  },
  {
    what: 'a body that is null',
    type: json,
    body: 'null',
    fault: { code: 'DOCUMENT_EMPTY', pointer: '#', line: 1 },
  },
  {
    what: 'two clusters of one name',
    body: `${header}clusters:\n  - name: west\n  - name: west\n`,
    fault: { code: 'NAME_REPEATED', pointer: '#/clusters/1/name', line: 5 },
  },
]

describe('a document that cannot be taken', () => {
  it.each(refused)('$what is refused with its line and path, and nothing is stored', async ({ type = yaml, body, fault }) => {
    const problem = problemOf(await append('refused', type, body), 422, 'DOCUMENT_INVALID')
    const found = problem.errors?.find(({ code }) => code === fault.code)
    expect(problem.errors?.map(({ code, pointer, source }) => ({ code, pointer, line: source?.line }))).toContainEqual({
      pointer: found?.pointer,
      ...fault,
    })
    problemOf(await service.http.get('/v1/topologies/refused'), 404, 'TOPOLOGY_NOT_FOUND')
  })

  it.each(refused)('$what is refused by validate as well: no report could be made of it', async ({ type = yaml, body }) => {
    problemOf(await service.http.post('/v1/validate').type(type).send(body), 422, 'DOCUMENT_INVALID')
  })

  it('an empty body is not an empty document', async () => {
    problemOf(await append('refused', yaml, ''), 422, 'DOCUMENT_INVALID')
  })

  it('bytes that are not UTF-8 are refused, not replaced', async () => {
    const body = Buffer.concat([Buffer.from(`${header}# `), Buffer.from([0xc3, 0x28])])
    problemOf(await append('refused', yaml, body), 400, 'BODY_NOT_UTF8')
    problemOf(await service.http.get('/v1/topologies/refused'), 404, 'TOPOLOGY_NOT_FOUND')
  })

  it('a body over the limit is refused, one at the limit is read', async () => {
    const { detail } = problemOf(await append('refused', yaml, Buffer.alloc(limit + 1, ' ')), 413, 'BODY_TOO_LARGE')
    expect(detail).toContain(`${limit}`)
    const padded = `${header}clusters: []\n#${'x'.repeat(limit)}`.slice(0, limit)
    expect((await append('at-the-limit', yaml, padded)).status).toBe(201)
  })

  it('two different objects of one name are refused, naming both places', async () => {
    const service = (port: number) =>
      `{ apiVersion: v1, kind: Service, metadata: { name: cart, namespace: shop }, spec: { ports: [{ port: ${port} }] } }`
    const problem = problemOf(await append('refused', yaml, west([service(80), service(81)])), 422, 'DUPLICATE_OBJECT')
    expect(problem.errors?.map(({ source }) => source?.line)).toEqual([6, 7])
  })

  it('a cluster entry under the name of another is refused, and the topology stays as it is', async () => {
    await append('agents', yaml, `${header}clusters: [{ name: west }]\n`)
    const answer = await service.http.put('/v1/topologies/agents/clusters/west').type(yaml).send('name: east\n')
    expect(problemOf(answer, 422, 'DOCUMENT_INVALID').errors?.[0]).toMatchObject({ pointer: '#/name', source: { line: 1 } })
    expect((await service.http.get('/v1/topologies/agents')).body.head).toBe(1)
  })
})

describe('a document that is odd, but can be taken', () => {
  const codes = (answer: { readonly body: { readonly warnings: readonly { readonly code: string }[] } }) =>
    answer.body.warnings.map(({ code }) => code)

  it('a Secret is stored without its values, and that is said', async () => {
    const value = Buffer.from('hunter2 hunter2').toString('base64')
    const secret = `{ apiVersion: v1, kind: Secret, metadata: { name: token, namespace: shop }, data: { password: ${value} }, stringData: { other: hunter2 } }`
    const answer = await append('secrets', yaml, west([secret]))
    expect(answer.status, answer.text).toBe(201)
    expect(codes(answer)).toContain('SECRET_REMOVED')
    const stored = await service.http.get('/v1/topologies/secrets/versions/1/document')
    expect(stored.text).toContain('"name":"token"')
    for (const text of [answer.text, stored.text]) expect(text).not.toMatch(new RegExp(`hunter2|${value}`))
  })

  it('an unknown kind is kept and counted', async () => {
    const answer = await append(
      'unknown',
      yaml,
      west(['{ apiVersion: example.org/v1, kind: Teapot, metadata: { name: brown, namespace: shop }, spec: { handle: true } }']),
    )
    expect(answer.status, answer.text).toBe(201)
    const stored = await service.http.get('/v1/topologies/unknown/versions/1/document')
    expect(stored.body.clusters[0].resources[0]).toMatchObject({ kind: 'Teapot', spec: { handle: true } })
    const report = await service.http.post('/v1/topologies/unknown/versions/1/validate')
    expect(report.body.counts).toMatchObject({ Teapot: 1 })
  })

  it('a reference to nothing is stored and reported with its place (REF101)', async () => {
    const body = `${header}networks: [{ name: network1 }]\nclusters:\n  - name: west\n    network: nowhere\n`
    const answer = await append('dangling', yaml, body)
    expect(answer.status, answer.text).toBe(201)
    const isDangling = ({ code }: { readonly code: string }) => code === 'REF101'
    const finding = answer.body.warnings.find(isDangling)
    expect(finding).toMatchObject({
      message: expect.stringContaining('nowhere'),
      path: 'network',
      resource: { kind: 'Cluster', name: 'west' },
      source: { file: null, line: 5 },
    })
    const report = await service.http.post('/v1/validate').type(yaml).send(body)
    expect(report.status).toBe(200)
    expect(report.body).toMatchObject({ verdict: 'FAIL' })
    // What is stored has the places of entries, what is validated is at hand.
    expect(report.body.findings.find(isDangling)).toEqual({ ...finding, source: { file: null, line: 6 } })
  })
})
