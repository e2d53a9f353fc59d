import { describe, expect, it } from 'vitest'
import { readDocument } from '#engine/manifests/read-document'
import { readJson, readYaml, refused, stored, taken } from './reading.js'

const nested = `# a comment
apiVersion: sightline/v1
kind: Topology
clusters:
  - name: west
    resources:
      - apiVersion: v1
        kind: List
        items:
          - apiVersion: v1
            kind: Service
            metadata: { name: b }
          - apiVersion: v1
            kind: ServiceList
            items:
              - { apiVersion: v1, kind: Service, metadata: { name: a } }
      - # the namespace
        apiVersion: v1
        kind: Namespace
        metadata: { name: shop, namespace: ignored }
`

describe('every object keeps its file and line', () => {
  it('in YAML, lists within lists included', () => {
    const { parts } = taken(readYaml(nested, 'topology.yaml'))
    // Canonical order: Namespace shop, Service a, Service b.
    expect(parts[0]?.places).toEqual({
      files: ['topology.yaml'],
      objects: [
        [0, 18],
        [0, 16],
        [0, 10],
      ],
    })
  })

  it('in JSON', () => {
    const text = JSON.stringify(
      {
        apiVersion: 'sightline/v1',
        kind: 'Topology',
        networks: [{ name: 'a "quoted\\" {[ name', routableTo: [] }],
        clusters: [
          {
            name: 'west',
            resources: [
              { apiVersion: 'v1', kind: 'Service', metadata: { name: 'b' } },
              { apiVersion: 'v1', kind: 'List', items: [{ apiVersion: 'v1', kind: 'Service', metadata: { name: 'a' } }] },
            ],
          },
        ],
      },
      null,
      1,
    )
    const lineOf = (name: string): number => text.slice(0, text.indexOf(`"name": "${name}"`)).split('\n').length - 4
    const { parts } = taken(readJson(text))
    expect(parts[0]?.places).toEqual({
      files: [],
      objects: [
        [-1, lineOf('a')],
        [-1, lineOf('b')],
      ],
    })
  })

  it('in included files, which may hold several documents', () => {
    const document = `apiVersion: sightline/v1
kind: Topology
clusters:
  - name: west
    resources:
      - include: west/**/*.yaml
      - include: more.json
`
    const file = (path: string, text: string) => ({ path, body: new TextEncoder().encode(text) })
    const ingested = taken(
      readDocument({
        body: new TextEncoder().encode(document),
        mediaType: 'application/yaml',
        name: 'topology.yaml',
        files: [
          file(
            'west/deep/er/a.yaml',
            '---\napiVersion: v1\nkind: Service\nmetadata: {name: a}\n---\n---\napiVersion: v1\nkind: Service\nmetadata: {name: b}\n',
          ),
          file(
            'more.json',
            '[{"apiVersion":"v1","kind":"Service",\n"metadata":{"name":"c"}},\n{"apiVersion":"v1","kind":"Service","metadata":{"name":"d"}}]',
          ),
          file('east/e.yaml', 'apiVersion: v1\nkind: Service\nmetadata: {name: e}\n'),
        ],
      }),
    )
    expect(stored(ingested).map(({ metadata }) => (metadata as { name: string }).name)).toEqual(['a', 'b', 'c', 'd'])
    expect(ingested.parts[0]?.places).toEqual({
      files: ['west/deep/er/a.yaml', 'more.json'],
      objects: [
        [0, 2],
        [0, 7],
        [1, 1],
        [1, 3],
      ],
    })
  })
})

describe('every fault names its place', () => {
  it('of the schema, with a pointer', () => {
    const text = 'apiVersion: sightline/v1\nkind: Topology\nclusters:\n  - name: west\n    newtork: a\n  - nam: east\n'
    expect(refused(readYaml(text, 'topology.yaml')).errors).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ pointer: '#/clusters/0/newtork', source: { file: 'topology.yaml', line: 5, column: 5 } }),
        expect.objectContaining({ pointer: '#/clusters/1/nam', source: { file: 'topology.yaml', line: 6, column: 5 } }),
      ]),
    )
  })

  it('of the schema, with what would be right', () => {
    const text = `apiVersion: sightline/v1
kind: Topolgy
clusters:
  - name: west
    region: no
    controlPlane: { role: PRIMRY, managedBy: 3 }
  - { network: a }
`
    expect(refused(readYaml(text)).errors.map(({ pointer, detail, source }) => [pointer, detail, source?.line])).toEqual(
      expect.arrayContaining([
        ['#/kind', '`kind` must be `Topology`', 2],
        ['#/clusters/0/region', '`region` must be text, and is read as the boolean `false`: quotes make it text', 5],
        ['#/clusters/0/controlPlane/role', '`role` must be one of `PRIMARY`, `REMOTE`, `EXTERNAL`, `NONE`', 6],
        [
          '#/clusters/0/controlPlane/managedBy',
          '`managedBy` must be text, or must be a list, and is read as a number: quotes make it text',
          6,
        ],
        ['#/clusters/1', '`clusters[1]` lacks `name`', 7],
      ]),
    )
  })

  it('of the schema, without a value that may be secret', () => {
    const text = 'apiVersion: sightline/v1\nkind: Topology\nclusters: 1234\n'
    expect(refused(readYaml(text)).errors.map(({ detail }) => detail)).toEqual(['`clusters` must be a list, and is read as a number'])
  })

  it('of a field that is unknown, with those that there are', () => {
    const text = 'apiVersion: sightline/v1\nkind: Topology\nclusters: []\ntenants:\n  - { nam: a, name: a, kind: MESH, members: [] }\n'
    const [fault] = refused(readYaml(text)).errors
    expect(fault).toMatchObject({
      pointer: '#/tenants/0/nam',
      detail: 'there is no such field here; there are `name`, `kind`, `members`',
    })
  })

  it.each([
    ['banana', true],
    ['2026-02-31', true],
    ['2026-12-31T25:00:00Z', true],
    ['2026-12-31', false],
    ['2026-12-31T00:00:00+01:00', false],
  ])('of a suppression that ends at no moment: %s', (expires, isRefused) => {
    const text = `apiVersion: sightline/v1\nkind: Topology\nclusters: []\nsuppressions:\n  - code: NET101\n    expires: "${expires}"\n`
    if (!isRefused) return expect(taken(readYaml(text)).parts).toEqual([])
    expect(refused(readYaml(text)).errors).toMatchObject([
      { code: 'NOT_A_MOMENT', pointer: '#/suppressions/0/expires', source: { line: 6 } },
    ])
  })

  it('of a repeated cluster name, in both forms', () => {
    const yaml = 'apiVersion: sightline/v1\nkind: Topology\nclusters:\n  - name: west\n  - name: west\n'
    const fault = { code: 'NAME_REPEATED', pointer: '#/clusters/1/name', source: { line: 5 } }
    expect(refused(readYaml(yaml)).errors).toMatchObject([fault])
    const json = '{"apiVersion":"sightline/v1",\n"kind":"Topology",\n"clusters":[\n{"name":"west"},\n{"name":"west"}]}'
    expect(refused(readJson(json)).errors).toMatchObject([{ ...fault, source: { line: 5, column: 2 } }])
  })

  it('of an object without identity', () => {
    const text = nested.replace('kind: Namespace', 'kin: Namespace').replace('{ name: b }', '{ nam: b }')
    expect(refused(readYaml(text, 'f.yaml')).errors).toMatchObject([
      { code: 'OBJECT_UNIDENTIFIED', pointer: '#/clusters/0/resources/0/items/0/metadata/name', source: { file: 'f.yaml', line: 12 } },
      { code: 'OBJECT_UNIDENTIFIED', pointer: '#/clusters/0/resources/1/kind', source: { file: 'f.yaml', line: 18 } },
    ])
  })

  it('of an included file', () => {
    const document = 'apiVersion: sightline/v1\nkind: Topology\nclusters: [{ name: west, resources: [{ include: a.yaml }] }]\n'
    const read = (body: string) =>
      refused(
        readDocument({
          body: new TextEncoder().encode(document),
          mediaType: 'application/yaml',
          name: 'topology.yaml',
          files: [{ path: 'a.yaml', body: new TextEncoder().encode(body) }],
        }),
      ).errors
    const torn = 'apiVersion: v1\nkind: Service\nmetadata: a: b\n'
    expect(read(torn)).toMatchObject([{ code: 'NOT_YAML', source: { file: 'a.yaml', line: 3 } }])
    expect(read('\napiVersion: v1\nkind: Service\n')).toMatchObject([{ code: 'OBJECT_UNIDENTIFIED', source: { file: 'a.yaml', line: 2 } }])
    expect(read('- { apiVersion: v1, kind: Service, metadata: { name: b } }\n- text\n')).toMatchObject([
      { code: 'OBJECT_UNIDENTIFIED', pointer: '#/1', source: { file: 'a.yaml', line: 2, column: 3 } },
    ])
  })

  it('of an include where there are no files, as in a request', () => {
    const text = 'apiVersion: sightline/v1\nkind: Topology\nclusters:\n  - name: west\n    resources:\n      - include: "*.yaml"\n'
    expect(refused(readYaml(text)).errors).toMatchObject([
      { code: 'INCLUDE_UNRESOLVED', pointer: '#/clusters/0/resources/0/include', source: { line: 6 } },
    ])
  })

  it('of at most a hundred', () => {
    const many = Array.from({ length: 50 }, (_, at) => `  - { name: c${at}, wrong: 1 }`).join('\n')
    expect(refused(readYaml(`apiVersion: sightline/v1\nkind: Topology\nclusters:\n${many}\n`)).errors).toHaveLength(50)
    const clusters = Array.from({ length: 300 }, (_, at) => `  - { name: c${at}, wrong: 1 }`).join('\n')
    expect(refused(readYaml(`apiVersion: sightline/v1\nkind: Topology\nclusters:\n${clusters}\n`)).errors.length).toBeLessThanOrEqual(100)
  })
})

describe('a body that is no topology document', () => {
  it.each([
    ['nothing', '', 'DOCUMENT_EMPTY'],
    ['a comment', '# nothing\n', 'DOCUMENT_EMPTY'],
    ['a list', '- a\n', 'SCHEMA'],
    ['a text', 'hello\n', 'SCHEMA'],
    ['another kind', 'apiVersion: v1\nkind: Service\nmetadata: { name: a }\n', 'SCHEMA'],
    ['two documents', 'apiVersion: sightline/v1\nkind: Topology\nclusters: []\n---\na: b\n', 'DOCUMENT_REPEATED'],
    ['resources that are no list', 'apiVersion: sightline/v1\nkind: Topology\nclusters: [{ name: a, resources: { a: b } }]\n', 'SCHEMA'],
  ])('%s', (_title, text, code) => {
    expect(refused(readYaml(text)).errors[0]).toMatchObject({ code })
  })
})

describe('two objects of one kind, namespace and name', () => {
  const object = (line: string): string => `      - { apiVersion: v1, kind: Service, metadata: { name: a }, spec: { x: ${line} } }\n`
  const document = (first: string, second: string): string =>
    `apiVersion: sightline/v1\nkind: Topology\nclusters:\n  - name: west\n    resources:\n${object(first)}${object(second)}`

  it('are one when equal', () => {
    expect(stored(taken(readYaml(document('1', '1'))))).toHaveLength(1)
  })

  it('are refused when different, with both places', () => {
    const { code, errors } = refused(readYaml(document('1', '2'), 'topology.yaml'))
    expect(code).toBe('DUPLICATE_OBJECT')
    expect(errors.map(({ source, pointer }) => [source?.line, pointer])).toEqual([
      [6, '#/clusters/0/resources/0'],
      [7, '#/clusters/0/resources/1'],
    ])
    expect(errors[0]?.detail).toBe('Service `default/a` of cluster `west` stands at topology.yaml:6 and, differently, at topology.yaml:7')
  })

  it('are one object in two versions of its group', () => {
    const text = document('1', '1').replace(/v1, kind: Service(.*)\n$/, 'x.io/v1, kind: Service$1\n')
    expect(stored(taken(readYaml(text)))).toHaveLength(2)
  })
})
