import { describe, expect, it } from 'vitest'
import { isProblem } from '#engine/manifests/document-fault'
import { readClusterEntry } from '#engine/manifests/read-cluster-entry'
import { readDocument } from '#engine/manifests/read-document'
import { readYaml, refused, stored, taken } from './reading.js'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

const read = (text: string, cluster = 'default', mediaType: 'application/yaml' | 'application/json' = 'application/yaml') =>
  readDocument({ body: bytes(text), mediaType, cluster })

const names = (objects: readonly Readonly<Record<string, unknown>>[]): string[] =>
  objects.map(({ kind, metadata }) => `${String(kind)} ${(metadata as { readonly name: string }).name}`)

const service = (name: string): string => `apiVersion: v1\nkind: Service\nmetadata: { name: ${name}, namespace: shop }\n`

describe('objects without a topology document are a topology of one cluster', () => {
  it('as a stream of YAML documents, empty ones passed over', () => {
    const ingested = taken(read(`# exported\n---\n${service('b')}---\n---\n${service('a')}`))
    expect(ingested.header).toEqual({ apiVersion: 'sightline/v1', kind: 'Topology', clusters: [{ name: 'default' }] })
    expect(names(stored(ingested, 'default'))).toEqual(['Service a', 'Service b'])
    expect(ingested.parts[0]?.places).toEqual({
      files: [],
      objects: [
        [-1, 8],
        [-1, 3],
      ],
    })
    expect(ingested.assumedCluster).toBe('default')
  })

  it('as a List of kubectl, a typed list, a list within a stream, and a bare sequence', () => {
    const item = (name: string): string => `  - { apiVersion: v1, kind: Service, metadata: { name: ${name} } }\n`
    const list = `apiVersion: v1\nkind: List\nitems:\n${item('a')}${item('b')}`
    const typed = `apiVersion: v1\nkind: ServiceList\nitems:\n${item('c')}`
    const bare = `- { apiVersion: v1, kind: Service, metadata: { name: d } }\n`
    const all = taken(read([list, typed, bare, service('e')].join('---\n')))
    expect(names(stored(all, 'default'))).toEqual(['Service a', 'Service b', 'Service c', 'Service d', 'Service e'])
    expect(stored(taken(read('apiVersion: v1\nkind: List\nitems: []\n')), 'default')).toEqual([])
  })

  it('as JSON', () => {
    const items = [{ apiVersion: 'v1', kind: 'Service', metadata: { name: 'a' } }]
    const ingested = taken(read(JSON.stringify({ apiVersion: 'v1', kind: 'List', items }), 'west', 'application/json'))
    expect(ingested.header.clusters).toEqual([{ name: 'west' }])
    expect(names(stored(ingested))).toEqual(['Service a'])
  })

  it('have the content of the document that says the same', () => {
    const document = 'apiVersion: sightline/v1\nkind: Topology\nclusters:\n  - name: west\n    resources:\n      - '
    const written = taken(readYaml(`${document}${service('a').trimEnd().replaceAll('\n', '\n        ')}\n`))
    expect(taken(read(service('a'), 'west')).contentHash).toBe(written.contentHash)
  })

  it('leave a document what it is, where one is given', () => {
    const ingested = taken(read('apiVersion: sightline/v1\nkind: Topology\nclusters: [{ name: east }]\n'))
    expect(ingested.header.clusters).toEqual([{ name: 'east' }])
    expect(ingested.assumedCluster).toBeUndefined()
  })

  it('may be of a kind that is called Topology, too', () => {
    const other = 'apiVersion: kueue.x-k8s.io/v1alpha1\nkind: Topology\nmetadata: { name: racks }\n'
    expect(names(stored(taken(read(other)), 'default'))).toEqual(['Topology racks'])
  })
})

describe('what is wrong with objects without a document', () => {
  it('is told by line, column and the path inside of the object’s own document', () => {
    const { errors } = refused(
      read(`${service('a')}---\napiVersion: v1\nkind: Service\nmetadata:\n  nam: b\n---\nkind: Service\nmetadata: {}\n`),
    )
    expect(errors).toMatchObject([
      { code: 'OBJECT_UNIDENTIFIED', pointer: '#/metadata/name', source: { file: null, line: 7, column: 1 } },
      { code: 'OBJECT_UNIDENTIFIED', pointer: '#/apiVersion', source: { file: null, line: 10, column: 1 } },
    ])
  })

  it('inside of a List is told by the item', () => {
    const { errors } = refused(read('apiVersion: v1\nkind: List\nitems:\n  - apiVersion: v1\n    metadata: { name: a }\n'))
    expect(errors).toMatchObject([{ pointer: '#/items/0/kind', source: { line: 4, column: 5 } }])
  })

  it('as a duplicate names both lines', () => {
    const { code, errors } = refused(read(`${service('a')}---\n${service('a')}spec: { ports: [] }\n`))
    expect(code).toBe('DUPLICATE_OBJECT')
    expect(errors.map(({ source }) => source?.line)).toEqual([1, 5])
  })

  it.each([
    ['nothing', '# only a comment\n', 'DOCUMENT_EMPTY'],
    ['text', 'hello\n', 'SCHEMA'],
    ['settings of something else', 'replicas: 2\nimage: web\n', 'SCHEMA'],
  ])('is, of %s, that it is none', (_what, text, code) => {
    expect(refused(read(text)).errors[0]).toMatchObject({ code })
  })
})

describe('a manifest where only a document is expected', () => {
  it('is called one, with the way on', () => {
    const [fault] = refused(readYaml(service('a'))).errors
    expect(fault?.detail).toBe(
      'a topology document is expected, and this is a Kubernetes manifest of kind `Service`: list it in the document’s `clusters[].resources`, or send objects alone',
    )
  })

  it('is found behind a document as well', () => {
    const text = `apiVersion: sightline/v1\nkind: Topology\nclusters: []\n---\n${service('a')}`
    for (const result of [readYaml(text), read(text)])
      expect(refused(result).errors).toMatchObject([{ code: 'DOCUMENT_REPEATED', source: { line: 5 } }])
  })
})

describe('a stream of objects in place of a cluster’s entry', () => {
  it('replaces the objects and leaves what is stated of the cluster', () => {
    const base = taken(
      readYaml(
        'apiVersion: sightline/v1\nkind: Topology\nclusters:\n  - name: west\n    network: network1\n    defaultNamespace: shop\n  - name: east\n',
      ),
    )
    const entry = readClusterEntry(
      { body: bytes('apiVersion: v1\nkind: Service\nmetadata: { name: a }\n'), mediaType: 'application/yaml' },
      base.header,
      'west',
    )
    if (isProblem(entry)) throw new Error(JSON.stringify(entry))
    expect(entry.header).toEqual(base.header)
    expect(JSON.parse(new TextDecoder().decode(entry.part.body))).toMatchObject([{ metadata: { name: 'a', namespace: 'shop' } }])
  })

  it('of a new cluster adds it', () => {
    const entry = readClusterEntry({ body: bytes(service('a')), mediaType: 'application/yaml' }, undefined, 'west')
    expect(entry).toMatchObject({ header: { clusters: [{ name: 'west' }] } })
  })
})
