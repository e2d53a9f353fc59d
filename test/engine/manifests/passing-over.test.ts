import { describe, expect, it } from 'vitest'
import type { DocumentUpload } from '#engine/manifests/document-text'
import { readDocument } from '#engine/manifests/read-document'
import { refused, stored, taken } from './reading.js'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

const service = (name: string, port = 80): string =>
  `apiVersion: v1\nkind: Service\nmetadata: { name: ${name}, namespace: shop }\nspec: { ports: [{ port: ${port} }] }\n`

type Files = Readonly<Record<string, string>>

/** Files of one cluster without a document, as the command line hands them over. */
const alone = (files: Files, more: Partial<DocumentUpload> = {}) =>
  readDocument({
    body: bytes('{"apiVersion":"sightline/v1","kind":"Topology","clusters":[{"name":"west"}]}'),
    mediaType: 'application/json',
    isAlone: true,
    files: Object.entries(files).map(([path, text]) => ({ path, body: bytes(text), cluster: 'west' })),
    lenient: true,
    ...more,
  })

/** A document with these entries as `resources` of west. */
const including = (resources: string, files: Files, more: Partial<DocumentUpload> = {}) =>
  readDocument({
    body: bytes(`apiVersion: sightline/v1\nkind: Topology\nclusters:\n  - name: west\n    resources:\n${resources}`),
    mediaType: 'application/yaml',
    name: 'topology.yaml',
    files: Object.entries(files).map(([path, text]) => ({ path, body: bytes(text) })),
    ...more,
  })

const names = (result: ReturnType<typeof alone>): readonly string[] =>
  stored(taken(result)).map(({ metadata }) => (metadata as { readonly name: string }).name)

const broken = 'apiVersion: v1\nkind: Service\nmetadata: { name: b\n'

describe('files without a document', () => {
  it('are one cluster’s objects, and what is left out is told by reason', () => {
    const files = { 'a.yaml': service('a'), 'kustomization.yaml': 'resources: [a.yaml]\n', 'x/kustomization.yaml': '{}', 'n.json': '{}' }
    const result = taken(alone(files, { leftOut: [{ path: 'README.md', reason: 'OTHER_FORMAT' }] }))
    expect(names(result)).toEqual(['a'])
    expect(result.leftOut.map(({ reason, count, files: told }) => [reason, count, told])).toEqual([
      ['OTHER_FORMAT', 1, ['README.md']],
      ['NO_OBJECTS', 1, ['n.json']],
      ['KUSTOMIZATION', 2, ['kustomization.yaml', 'x/kustomization.yaml']],
    ])
    expect(result.parts[0]?.places).toEqual({ files: ['a.yaml'], objects: [[0, 1]] })
  })

  it('that hold no object at all are refused, each with its reason', () => {
    const { code, errors } = refused(alone({ 'values.yaml': 'a: 1\n' }))
    expect(code).toBe('DOCUMENT_INVALID')
    expect(errors).toMatchObject([{ code: 'DOCUMENT_EMPTY', detail: 'values of Helm charts', source: { file: 'values.yaml' } }])
    expect(refused(alone({}, { leftOut: [{ path: 'README.md', reason: 'OTHER_FORMAT' }] })).errors).toMatchObject([
      { source: { file: 'README.md' } },
    ])
  })

  it('that hold no object at all are told by the reason that comes nearest, and the first of many', () => {
    const files = Object.fromEntries([...'abcde'].map((name) => [`${name}.json`, '{}']))
    const leftOut = [{ path: 'README.md', reason: 'OTHER_FORMAT' as const }]
    const { errors } = refused(alone({ ...files, 'values.yaml': 'a: 1\n' }, { leftOut }))
    expect(errors?.map(({ detail, source }) => `${source?.file}: ${detail}`)).toEqual([
      'values.yaml: values of Helm charts',
      'a.json: no Kubernetes objects in them',
      'b.json: no Kubernetes objects in them',
      'c.json: no Kubernetes objects in them, like 2 more',
      'README.md: neither YAML nor JSON',
    ])
  })

  it('of which one is broken are taken without it, and a finding says where', () => {
    const result = alone({ 'a.yaml': service('a'), 'b.yaml': broken, 'c.yaml': `${service('c')}---\napiVersion: v1\nkind: Pod\n` })
    expect(names(result)).toEqual(['a', 'c'])
    expect(taken(result).notes.map(({ code, severity, source }) => [code, severity, source?.file, source?.line])).toEqual([
      ['OBJECT_BROKEN', 'ERROR', 'b.yaml', 3],
      ['OBJECT_BROKEN', 'ERROR', 'c.yaml', 6],
    ])
  })

  it('of which one is broken say of its kinds that they could not be read', () => {
    const policy = (rest: string): string => `apiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\nmetadata:\n  name: p\n${rest}`
    const unread = (files: Files) => taken(alone({ 'a.yaml': service('a'), ...files })).header.clusters[0]?.unread
    const kind = 'AuthorizationPolicy.security.istio.io'
    expect(unread({ 'b.yaml': broken })).toEqual([{ kind: 'Service', namespace: 'default', reason: 'broken in b.yaml' }])
    expect(unread({ 'b.yaml': `${broken}  namespace b\n` })).toEqual([{ kind: 'Service', reason: 'broken in b.yaml' }])
    expect(unread({ 'b.yaml': policy('  namespace: shop\n  : :\n bad\n') })).toEqual([
      { kind, namespace: 'shop', reason: 'broken in b.yaml' },
    ])
    const deeper = policy('  labels:\n    a: b\nspec:\n  targetRefs: [{ kind: Gateway, namespace: other }\n')
    expect(unread({ 'b.yaml': deeper })).toEqual([{ kind, reason: 'broken in b.yaml' }])
    const stream = `${service('c')}---\n${policy('  - [\n')}---\napiVersion: v1\nkind: Namespace\nmetadata: { name: shop }\n`
    expect(unread({ 'b.yaml': stream })).toEqual([
      { kind: 'Service', namespace: 'shop', reason: 'broken in b.yaml' },
      { kind, namespace: 'default', reason: 'broken in b.yaml' },
      { kind: 'Namespace', reason: 'broken in b.yaml' },
    ])
    const list = '{"apiVersion":"v1","kind":"List","items":[{"apiVersion":"v1","kind":"Pod"},\n{"kind": "Secret"'
    expect(unread({ 'b.json': list.replaceAll('{"a', '{\n"a').replaceAll(',"kind', ',\n"kind') })).toEqual([
      { kind: 'Pod', reason: 'broken in b.json' },
      { kind: 'Secret', reason: 'broken in b.json' },
    ])
    const nameless = 'apiVersion: networking.istio.io/v1\nkind: Sidecar\nmetadata: { namespace: bank }\n'
    expect(unread({ 'b.yaml': nameless, 'c.yaml': nameless })).toEqual([
      { kind: 'Sidecar.networking.istio.io', namespace: 'bank', reason: 'broken in b.yaml, c.yaml' },
    ])
  })

  it('of which none is broken say nothing of the kind', () => {
    expect(taken(alone({ 'a.yaml': service('a') })).header.clusters).toEqual([{ name: 'west' }])
  })

  it('of which one is broken are refused where that is asked for, or where nothing else is there', () => {
    const files = { 'a.yaml': service('a'), 'b.yaml': broken }
    expect(refused(alone(files, { lenient: false })).errors).toMatchObject([{ code: 'NOT_YAML', source: { file: 'b.yaml', line: 3 } }])
    expect(refused(alone({ 'b.yaml': broken })).errors).toMatchObject([{ code: 'NOT_YAML', source: { file: 'b.yaml' } }])
  })

  it('that contradict each other leave what the last says, as applying them in order would', () => {
    const files = { 'a.yaml': service('a', 1), 'b.yaml': service('a', 2), 'c.yaml': service('a', 2), 'd.yaml': service('a', 3) }
    const result = taken(alone(files))
    expect(stored(result)).toMatchObject([{ spec: { ports: [{ port: 3 }] } }])
    expect(result.notes).toMatchObject([
      {
        code: 'DUPLICATE_OBJECT',
        severity: 'ERROR',
        message: 'it stands, differently, at a.yaml:1, b.yaml:1 as well; this last one was taken, as `kubectl apply` would leave it',
        resource: { cluster: 'west', kind: 'Service', namespace: 'shop', name: 'a' },
        source: { file: 'd.yaml', line: 1 },
      },
    ])
    expect(refused(alone(files, { lenient: false })).code).toBe('DUPLICATE_OBJECT')
  })
})

describe('a stream of objects', () => {
  it('with a broken one is taken without it only where that is asked for', () => {
    const upload = {
      body: bytes(`${service('a')}---\napiVersion: v1\nkind: Pod\n`),
      mediaType: 'application/yaml',
      cluster: 'west',
    } as const
    expect(names(readDocument({ ...upload, lenient: true }))).toEqual(['a'])
    expect(refused(readDocument(upload)).errors).toMatchObject([{ code: 'OBJECT_UNIDENTIFIED', source: { line: 6 } }])
  })
})

describe('a document of a stream that is no object', () => {
  const values = 'replicas: 2\nimage: web\n'
  const kustomization = 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [a.yaml]\n'
  const text = `${service('a')}---\n${values}---\n${kustomization}---\njust text\n---\n${service('b')}`
  const told = (result: ReturnType<typeof alone>) => taken(result).leftOut.map(({ reason, count, files }) => [reason, count, files])

  it('is left out as a file of its own is, and counted with the reason', () => {
    const result = alone({ 'a.yaml': text, 'values.yaml': values })
    expect(names(result)).toEqual(['a', 'b'])
    expect(taken(result).notes).toEqual([])
    expect(told(result)).toEqual([
      ['OTHER_DOCUMENT', 2, ['a.yaml:6', 'a.yaml:13']],
      ['KUSTOMIZATION', 1, ['a.yaml:9']],
      ['HELM_VALUES', 1, ['values.yaml']],
    ])
  })

  it('is no fault where nothing may be passed over, be it a file, a stream or what a document includes', () => {
    const strict = { lenient: false }
    for (const result of [alone({ 'a.yaml': text }, strict), including('      - include: a.yaml\n', { 'a.yaml': text })]) {
      expect(names(result)).toEqual(['a', 'b'])
      expect(told(result)[0]).toEqual(['OTHER_DOCUMENT', 2, ['a.yaml:6', 'a.yaml:13']])
    }
    const stream = readDocument({ body: bytes(text), mediaType: 'application/yaml', cluster: 'west' })
    expect(names(stream)).toEqual(['a', 'b'])
    expect(told(stream)).toEqual([
      ['OTHER_DOCUMENT', 2, ['line 6', 'line 13']],
      ['KUSTOMIZATION', 1, ['line 9']],
    ])
  })

  it('is a fault where no object is beside it', () => {
    const stream = readDocument({ body: bytes(kustomization), mediaType: 'application/yaml', cluster: 'west' })
    expect(refused(stream)).toMatchObject({ code: 'DOCUMENT_INVALID', errors: [{ code: 'DOCUMENT_EMPTY' }] })
  })

  it.each(['kind: Pod\nmetadata: { name: c }\n', 'apiVersion: v1\nmetadata: { name: c }\n', 'kind: Pod\nspec: {}\n'])(
    'is an object that is broken if it states some of what every object has: %s',
    (broken) => {
      expect(taken(alone({ 'a.yaml': service('a'), 'b.yaml': `${service('b')}---\n${broken}` })).notes).toMatchObject([
        { code: 'OBJECT_BROKEN', source: { file: 'b.yaml', line: 6 } },
      ])
    },
  )
})

describe('a document’s includes', () => {
  it('take lists, exclusions, and the namespace of objects that state none', () => {
    const bare = 'apiVersion: v1\nkind: Service\nmetadata: { name: bare }\n'
    const files = { 'base/a.yaml': bare, 'base/b.yml': service('b'), 'base/test/c.yaml': service('c'), 'more/d.yaml': service('d') }
    const result = including(
      "      - { include: ['base/**/*.yaml', 'more/{d,e}.yaml', '!**/d.yaml'], exclude: '**/test/**', namespace: prod }\n",
      files,
    )
    expect(stored(taken(result)).map(({ metadata }) => metadata)).toEqual([
      { name: 'bare', namespace: 'prod' },
      { name: 'b', namespace: 'shop' },
    ])
  })

  it('of which one pattern matches nothing are told so, as one that is alone is', () => {
    const files = { 'base/a.yaml': service('a'), 'old/b.yaml': service('b') }
    const resources =
      "      - include: ['base/*.yaml', 'bas/*.yaml', '!none/*', 'old/*.yaml', none.yaml]\n        exclude: [old/**, 'gone/**']\n"
    expect(refused(including(resources, files, { lenient: true })).errors).toMatchObject([
      { code: 'INCLUDE_UNRESOLVED', detail: 'no file matches `bas/*.yaml`', pointer: '#/clusters/0/resources/0/include/1' },
      { code: 'INCLUDE_UNRESOLVED', detail: 'no file matches `none.yaml`', pointer: '#/clusters/0/resources/0/include/4' },
    ])
    const fewer = { 'base/a.yaml': service('a') }
    const left = "      - include: ['base/*.yaml', 'old/*.yaml']\n        exclude: old/**\n"
    expect(names(including(left, fewer, { excluded: ['old/b.yaml'] }))).toEqual(['a'])
    expect(refused(including("      - include: ['none/*', 'bas/*']\n", files)).errors).toHaveLength(2)
    expect(refused(including("      - include: ['!none/*']\n", files)).errors).toMatchObject([
      { pointer: '#/clusters/0/resources/0/include' },
    ])
  })

  it('leave out what holds no objects, and say so', () => {
    const result = taken(
      including("      - include: '**/*.yaml'\n", { 'a.yaml': service('a'), 'kustomization.yaml': 'resources: [a.yaml]\n' }),
    )
    expect(result.leftOut).toMatchObject([{ reason: 'KUSTOMIZATION', files: ['kustomization.yaml'] }])
  })

  it('pass over a broken file on the command line, and never a fault of the document itself', () => {
    const files = { 'a.yaml': service('a'), 'b.yaml': broken }
    const resources = "      - include: '*.yaml'\n"
    expect(names(including(resources, files, { lenient: true }))).toEqual(['a'])
    expect(refused(including(resources, files)).errors).toMatchObject([{ source: { file: 'b.yaml' } }])
    const inline = `${resources}      - { apiVersion: v1, kind: Pod }\n`
    expect(refused(including(inline, files, { lenient: true })).errors).toMatchObject([
      { source: { file: 'b.yaml' } },
      { pointer: '#/clusters/0/resources/1/metadata/name', source: { file: 'topology.yaml', line: 7 } },
    ])
  })

  it('never let two objects of one name pass: the document can leave one out', () => {
    const files = { 'a.yaml': service('a', 1), 'b.yaml': service('a', 2) }
    expect(refused(including("      - include: '*.yaml'\n", files, { lenient: true })).code).toBe('DUPLICATE_OBJECT')
  })

  it.each([
    ['{ include: [] }', 'include'],
    ['{ include: 1 }', 'include'],
    ["{ include: '*.yaml', exlude: a }", 'exlude'],
    ['{ exclude: a }', ''],
    ['{ helm: a, values: 1 }', 'values'],
  ])('with a mistake are told it: %s', (entry, field) => {
    const { errors } = refused(including(`      - ${entry}\n`, { 'a.yaml': service('a') }, { lenient: true }))
    expect(errors).toMatchObject([{ code: 'SCHEMA', pointer: `#/clusters/0/resources/0${field === '' ? '' : `/${field}`}` }])
  })

  it.each(['kustomize: overlays/west', 'helm: charts/shop'])('that have to be rendered are not rendered here: %s', (entry) => {
    expect(refused(including(`      - ${entry}\n`, {})).errors).toMatchObject([
      { code: 'INCLUDE_UNRESOLVED', detail: 'this is rendered on the command line only' },
    ])
  })

  it('that were rendered are taken as what came of them', () => {
    const result = including(
      '      - { kustomize: overlays/west, namespace: prod }\n',
      {},
      {
        files: [
          {
            path: 'overlays/west (rendered)',
            body: bytes('apiVersion: v1\nkind: Service\nmetadata: { name: a }\n'),
            named: true,
            renders: '#/clusters/0/resources/0',
          },
        ],
      },
    )
    expect(stored(taken(result)).map(({ metadata }) => metadata)).toEqual([{ name: 'a', namespace: 'prod' }])
  })
})
