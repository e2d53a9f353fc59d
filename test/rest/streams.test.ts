// Objects without a topology document: what `kubectl get -A -o yaml` prints, and what a repository holds.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type OpenService, openService } from './open-service.js'
import { problemOf } from './problem-of.js'

let service: OpenService
beforeAll(async () => {
  service = await openService()
})
afterAll(() => service?.close())

const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop', labels: { 'istio-injection': 'enabled' } } }
const client = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'client', namespace: 'shop' },
  spec: { template: { metadata: { labels: { app: 'client' } }, spec: {} } },
}
const reviews = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'reviews', namespace: 'shop' },
  spec: { selector: { app: 'nobody' }, ports: [{ name: 'http', port: 9080 }] },
}
const objects = [namespace, client, reviews]
const listOf = (items: readonly object[], kind = 'List') => JSON.stringify({ apiVersion: 'v1', kind, items })

/** As `kubectl get --raw` prints it. */
const asAnswered = ({ apiVersion, kind, ...item }: (typeof objects)[number]) =>
  JSON.stringify({ kind: `${kind}List`, apiVersion, metadata: { resourceVersion: '7' }, items: [item] })

/** The same three objects in every way in which they come. */
const ways: readonly (readonly [string, string, string])[] = [
  ['a YAML stream', 'application/yaml', objects.map((one) => `${JSON.stringify(one)}\n`).join('---\n')],
  [
    'a stream with empty documents and comments',
    'text/yaml',
    `# dump\n---\n---\n${objects.map((one) => JSON.stringify(one)).join('\n---\n')}\n---\n`,
  ],
  ['a List in JSON', 'application/json', listOf(objects)],
  [
    'a List in YAML',
    'application/yaml',
    `apiVersion: v1\nitems:\n${objects.map((one) => `- ${JSON.stringify(one)}\n`).join('')}kind: List\n`,
  ],
  ['an array', 'application/json', JSON.stringify(objects)],
  ['lists of one kind', 'application/yaml', [[namespace], [client], [reviews]].map((one) => listOf(one, 'ServiceList')).join('\n---\n')],
  ['lists of which the API server says the kind once', 'application/yaml', objects.map(asAnswered).join('\n---\n')],
]

const append = (topology: string, body: string, query: object = {}, type = 'application/yaml') =>
  service.http.post(`/v1/topologies/${topology}/versions`).query(query).type(type).send(body)
const put = (topology: string, cluster: string, body: string) =>
  service.http.put(`/v1/topologies/${topology}/clusters/${cluster}`).type('application/json').send(body)
const documentOf = async (topology: string) => (await service.http.get(`/v1/topologies/${topology}/versions/latest/document`)).body

describe('a stream of Kubernetes objects', () => {
  it.each(ways)('is validated as %s', async (_what, type, body) => {
    const { status, body: report } = await service.http.post('/v1/validate').type(type).send(body)
    expect(status, JSON.stringify(report)).toBe(200)
    expect(report.counts).toMatchObject({ clusters: 1, Namespace: 1, Deployment: 1, Service: 1 })
  })

  it.each(ways)('is appended as %s, always with the same content', async (_what, type, body) => {
    const answer = await append('ways', body, {}, type)
    expect([answer.status, answer.body.number], answer.text).toEqual([answer.body.unchanged ? 200 : 201, 1])
    const { clusters } = await documentOf('ways')
    expect(clusters).toMatchObject([{ name: 'default' }])
    expect(clusters[0].resources).toHaveLength(3)
  })

  it('is the topology of one cluster, of the name that the query says', async () => {
    await append('named', listOf(objects), { cluster: 'west' })
    expect((await documentOf('named')).clusters).toMatchObject([{ name: 'west' }])
    const question = { from: { cluster: 'west', namespace: 'shop', workload: 'client' }, to: { host: 'reviews', port: 9080 } }
    const { body } = await service.http.post('/v1/topologies/named/versions/1/reachability').send(question)
    expect(body).toMatchObject({ verdict: 'UNREACHABLE' })
    const broken = { ...reviews, metadata: { ...reviews.metadata, namespace: ['shop'] } }
    const refused = await service.http
      .post('/v1/validate')
      .query({ cluster: 'west' })
      .type('application/json')
      .send(listOf([broken]))
    expect(problemOf(refused, 422, 'DOCUMENT_INVALID').errors).toMatchObject([
      { code: 'OBJECT_UNIDENTIFIED', pointer: '#/items/0/metadata/namespace' },
    ])
  })

  it.each(['', 'a'.repeat(254), 'we\u0000st'])('is in no cluster called %j', async (cluster) => {
    problemOf(await append('nowhere', listOf(objects), { cluster }), 400, 'PARAMETER_INVALID')
    problemOf(
      await service.http.post('/v1/validate').query({ cluster }).type('application/yaml').send(listOf(objects)),
      400,
      'PARAMETER_INVALID',
    )
  })

  it('is a new version where the topology has this cluster alone', async () => {
    await append('alone', listOf([namespace]))
    expect((await append('alone', listOf(objects))).body).toMatchObject({ number: 2, unchanged: false })
    expect((await append('alone', listOf(objects), { expectedVersion: 2 })).body).toMatchObject({ number: 2, unchanged: true })
    problemOf(await append('alone', listOf([]), { expectedVersion: 1 }), 412, 'PRECONDITION_FAILED')
  })

  it('is refused where other clusters would be gone, and told where it belongs', async () => {
    await put('several', 'west', listOf(objects))
    await put('several', 'east', listOf([namespace]))
    for (const query of [{}, { cluster: 'west' }, { cluster: 'west', dryRun: true }, { cluster: 'west', expectedVersion: 2 }]) {
      const { detail, errors } = problemOf(await append('several', listOf([namespace]), query), 422, 'DOCUMENT_INVALID')
      expect(errors).toMatchObject([{ code: 'OTHER_CLUSTERS', parameter: 'cluster' }])
      expect(detail).toContain('`east`')
      expect(detail).toContain(`\`PUT /v1/topologies/several/clusters/${'cluster' in query ? 'west' : 'default'}\``)
    }
    problemOf(await append('several', listOf([namespace]), { expectedVersion: 1 }), 412, 'PRECONDITION_FAILED')
    expect((await documentOf('several')).clusters.map(({ name }: { name: string }) => name)).toEqual(['east', 'west'])
  })

  it('takes the place of one cluster’s objects where it is put there, and leaves what is stated of it and all others', async () => {
    const document = {
      apiVersion: 'sightline/v1',
      kind: 'Topology',
      clusters: [
        { name: 'west', network: 'n1', resources: [client] },
        { name: 'east', resources: [namespace] },
      ],
      networks: [{ name: 'n1' }],
    }
    await append('put', JSON.stringify(document))
    const answer = await put('put', 'west', listOf([namespace, reviews]))
    expect([answer.status, answer.body.number], answer.text).toEqual([201, 2])
    const { clusters, networks } = await documentOf('put')
    expect(networks).toEqual([{ name: 'n1' }])
    expect(clusters).toMatchObject([
      { name: 'east', resources: [{ kind: 'Namespace' }] },
      { name: 'west', network: 'n1', resources: [{ kind: 'Namespace' }, { kind: 'Service' }] },
    ])
    expect((await put('put', 'north', asAnswered(namespace))).body.number).toBe(3)
    expect((await documentOf('put')).clusters).toMatchObject([{}, { name: 'north', resources: [namespace] }, {}])
  })

  it('has secrets removed like any document', async () => {
    const secret = {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'login', namespace: 'shop' },
      stringData: { password: 'kept-by-nobody' },
    }
    const { body } = await append('secrets', listOf([secret]))
    expect(body.warnings).toMatchObject([{ code: 'SECRET_REMOVED', resource: { cluster: 'default', kind: 'Secret', name: 'login' } }])
    expect(JSON.stringify(await documentOf('secrets'))).not.toContain('kept-by-nobody')
  })

  it('is refused as a whole for one broken object, with its line and column', async () => {
    const body = `${JSON.stringify(namespace)}\n---\nkind: Service\nmetadata: { name: web }\n`
    const { errors } = problemOf(await append('broken', body), 422, 'DOCUMENT_INVALID')
    expect(errors).toMatchObject([{ code: 'OBJECT_UNIDENTIFIED', pointer: '#/apiVersion', source: { file: null, line: 3, column: 1 } }])
  })

  it('is taken without what is no object in it, which every answer counts', async () => {
    const body = `${JSON.stringify(namespace)}\n---\nreplicas: 2\n`
    const told = [{ reason: 'OTHER_DOCUMENT', message: 'parts of a stream that are no Kubernetes objects', count: 1, files: ['line 3'] }]
    expect((await service.http.post('/v1/validate').type('application/yaml').send(body)).body.leftOut).toEqual(told)
    const place = '/v1/topologies/parts/clusters/west'
    for (const answer of [
      await append('parts', body, { cluster: 'west', dryRun: true }),
      await append('parts', body, { cluster: 'west' }),
      await service.http.put(place).type('application/yaml').send(body),
    ])
      expect(answer.body, answer.text).toMatchObject({ number: 1, leftOut: told })
    const none = 'apiVersion: kuttl.dev/v1beta1\nkind: TestStep\n'
    for (const answer of [await append('none', none), await service.http.put(place).type('application/yaml').send(none)])
      expect(problemOf(answer, 422, 'DOCUMENT_INVALID').errors).toMatchObject([{ code: 'DOCUMENT_EMPTY' }])
  })

  it('is not mixed with a topology document', async () => {
    const topology = 'apiVersion: sightline/v1\nkind: Topology\nclusters: []\n'
    const { errors, detail } = problemOf(await append('mixed', `${topology}---\n${JSON.stringify(namespace)}\n`), 422, 'DOCUMENT_INVALID')
    expect(errors).toMatchObject([{ code: 'DOCUMENT_REPEATED', source: { line: 5 } }])
    expect(detail).toContain('a Kubernetes manifest of kind `Namespace`')
  })
})

describe('`cluster` beside a topology document', () => {
  const document = (...names: readonly string[]) =>
    JSON.stringify({ apiVersion: 'sightline/v1', kind: 'Topology', clusters: names.map((name) => ({ name, resources: [namespace] })) })

  it('is refused where the document names others', async () => {
    for (const body of [document('east'), document('west', 'east'), document()]) {
      const { errors } = problemOf(await append('beside', body, { cluster: 'west' }), 400, 'PARAMETER_INVALID')
      expect(errors).toMatchObject([{ code: 'CLUSTER_STATED', parameter: 'cluster' }])
    }
  })

  it('says that the document is about this one alone, as `push` does of objects without a document', async () => {
    expect((await append('beside', document('west'), { cluster: 'west' })).status).toBe(201)
    await put('beside', 'east', listOf([namespace]))
    problemOf(await append('beside', document('west'), { cluster: 'west' }), 422, 'DOCUMENT_INVALID')
    expect((await append('beside', document('west'))).body).toMatchObject({ number: 3 })
  })
})
