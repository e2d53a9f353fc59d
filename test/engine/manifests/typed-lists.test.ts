import { describe, expect, it } from 'vitest'
import { isProblem } from '#engine/manifests/document-fault'
import type { DocumentUpload } from '#engine/manifests/document-text'
import { readClusterEntry } from '#engine/manifests/read-cluster-entry'
import { readDocument } from '#engine/manifests/read-document'
import { everything, readJson, refused, stored, taken, withObjects } from './reading.js'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

const read = (text: string, more: Partial<DocumentUpload> = {}) =>
  readDocument({ body: bytes(text), mediaType: 'application/yaml', cluster: 'west', ...more })

const file = (text: string, more: Partial<DocumentUpload> = {}) =>
  readDocument({
    body: bytes('{"apiVersion":"sightline/v1","kind":"Topology","clusters":[{"name":"west"}]}'),
    mediaType: 'application/json',
    isAlone: true,
    lenient: true,
    files: [
      { path: 'a.yaml', body: bytes('apiVersion: v1\nkind: Service\nmetadata: { name: there }\n'), cluster: 'west' },
      { path: 'b.yaml', body: bytes(text), cluster: 'west' },
    ],
    ...more,
  })

const list = (apiVersion: string, kind: string, ...items: readonly unknown[]): string =>
  JSON.stringify({ kind, apiVersion, metadata: { resourceVersion: '7' }, items }, null, 1)

const who = (objects: readonly Readonly<Record<string, unknown>>[]): readonly unknown[] =>
  objects.map(({ apiVersion, kind, metadata }) => [apiVersion, kind, (metadata as { readonly name?: string }).name])

const named = (name: string, rest: object = {}): object => ({ metadata: { name, namespace: 'shop' }, ...rest })

describe('a list as the API server gives it', () => {
  it.each([
    ['v1', 'ServiceList', 'Service'],
    ['v1', 'PodList', 'Pod'],
    ['v1', 'EndpointsList', 'Endpoints'],
    ['apps/v1', 'DeploymentList', 'Deployment'],
    ['networking.istio.io/v1', 'VirtualServiceList', 'VirtualService'],
    ['gateway.networking.k8s.io/v1', 'GatewayList', 'Gateway'],
  ])('has items of its own kind and version, which they do not state: %s %s', (apiVersion, kind, of) => {
    expect(who(stored(taken(read(list(apiVersion, kind, named('a'), named('b'))))))).toEqual([
      [apiVersion, of, 'a'],
      [apiVersion, of, 'b'],
    ])
  })

  it('is the same in a stream, in a document, in a cluster’s entry, and in a list of lists', () => {
    const services = { apiVersion: 'v1', kind: 'ServiceList', items: [named('a')] }
    const found = [['v1', 'Service', 'a']]
    expect(who(stored(taken(readJson(withObjects(services)))))).toEqual(found)
    expect(who(stored(taken(read(JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [services] })))))).toEqual(found)
    expect(who(stored(taken(file(JSON.stringify(services)))))).toEqual([['v1', 'Service', 'there'], ...found])
    for (const text of [JSON.stringify(services), JSON.stringify({ resources: [services] })]) {
      const entry = readClusterEntry({ body: bytes(text), mediaType: 'application/json' }, undefined, 'west')
      if (isProblem(entry)) throw new Error(JSON.stringify(entry))
      expect(who(JSON.parse(new TextDecoder().decode(entry.part.body)) as Readonly<Record<string, unknown>>[])).toEqual(found)
    }
  })

  it('keeps what an item states, and the place of each', () => {
    const text = `apiVersion: v1\nkind: ServiceList\nitems:\n- metadata: { name: a }\n- { apiVersion: v1, kind: Pod, metadata: { name: b } }\n`
    const ingested = taken(read(text, { name: 'dump.yaml' }))
    expect(who(stored(ingested))).toEqual([
      ['v1', 'Pod', 'b'],
      ['v1', 'Service', 'a'],
    ])
    expect(ingested.parts[0]?.places).toEqual({
      files: ['dump.yaml'],
      objects: [
        [0, 5],
        [0, 4],
      ],
    })
  })

  it('names items whose name is generated as if they stood alone', () => {
    const job = { metadata: { generateName: 'load-' }, spec: { image: 'a' } }
    const alone = taken(read(JSON.stringify({ apiVersion: 'batch/v1', kind: 'Job', ...job })))
    expect(taken(read(list('batch/v1', 'JobList', job))).contentHash).toBe(alone.contentHash)
  })

  it.each(['[]', 'null'])('may hold nothing: %s', (items) => {
    expect(stored(taken(read(`{"kind":"ServiceList","apiVersion":"v1","metadata":{},"items":${items}}`)))).toEqual([])
  })

  it('of secrets keeps nothing secret, wherever it stands', () => {
    const secrets = list(
      'v1',
      'SecretList',
      named('a', { type: 'Opaque', data: { note: 'aHVzaC1odXNo' }, stringData: { text: 'hush-hush' } }),
    )
    const inside = {
      apiVersion: 'example.io/v1',
      kind: 'Bundle',
      metadata: { name: 'x' },
      spec: { template: JSON.parse(secrets) as unknown },
    }
    for (const result of [
      read(secrets),
      file(secrets),
      readJson(withObjects(JSON.parse(secrets) as unknown)),
      readJson(withObjects(inside)),
    ])
      expect(everything(result)).not.toMatch(/aHVzaC1odXNo|hush-hush/)
    expect(stored(taken(read(secrets)))).toEqual([
      {
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: { name: 'a', namespace: 'shop' },
        type: 'Opaque',
        data: { note: '' },
        stringData: { text: '' },
      },
    ])
  })
})

describe('an item without kind is a fault', () => {
  it('in a plain `List`, which says no kind for it', () => {
    expect(refused(read(list('v1', 'List', named('a')))).errors).toMatchObject([{ pointer: '#/items/0/apiVersion' }])
  })

  it('if it states a version of its own, as kubectl has it', () => {
    expect(refused(read(list('v1', 'ServiceList', { apiVersion: 'v1', ...named('a') }))).errors).toMatchObject([
      { pointer: '#/items/0/kind' },
    ])
  })
})

describe('a list that cannot be taken leaves open what its kind decides', () => {
  const unread = (text: string) => taken(file(text)).header.clusters[0]?.unread

  it.each([
    ['cut off', '{"kind":"ServiceList","apiVersion":"v1","items":[{"metadata":{"name":"a"}', [{ kind: 'Service' }]],
    [
      'cut off in lines',
      'apiVersion: networking.istio.io/v1\nkind: VirtualServiceList\nitems:\n- metadata: { name: a\n',
      [{ kind: 'VirtualService.networking.istio.io' }],
    ],
    ['with members in place of items', 'apiVersion: v1\nkind: PodList\nitems: { a: 1 }\n', [{ kind: 'Pod' }]],
    ['without items', 'apiVersion: v1\nkind: PodList\nmetadata: {}\n', [{ kind: 'Pod' }]],
    [
      'without version',
      'kind: PodList\nmetadata: {}\nitems:\n- metadata: { name: a, namespace: shop }\n',
      [{ kind: 'Pod', namespace: 'shop' }],
    ],
    ['plain, with members in place of items', 'apiVersion: v1\nkind: List\nitems: { a: { kind: Pod } }\n', [{ kind: 'Pod' }]],
    [
      'of which an item has no name',
      'apiVersion: v1\nkind: PodList\nitems:\n- metadata: { namespace: shop }\n',
      [{ kind: 'Pod', namespace: 'shop' }],
    ],
  ])('%s', (_how, text, kinds) => expect(unread(text)).toEqual(kinds.map((each) => ({ ...each, reason: 'broken in b.yaml' }))))
})
