import { describe, expect, it } from 'vitest'
import { readDocument } from '#engine/manifests/read-document'
import { configMap, everything, readJson, readYaml, refused, stored, taken, withObjects, yamlDocument } from './reading.js'

const head = 'apiVersion: sightline/v1\nkind: Topology\n'

describe('a document that cannot be read is refused with the place', () => {
  it.each([
    ['an unclosed bracket', `${head}clusters: [`, 'NOT_YAML', 3],
    ['a tab for indentation', `${head}clusters:\n\t- name: a\n`, 'NOT_YAML', 4],
    ['a repeated key', `${head}clusters: []\nmeshes: []\nmeshes: []\n`, 'KEY_REPEATED', 5],
    ['a tag directive', `%TAG ! tag:example.org,2000:\n---\n${head}clusters: []\n`, 'NOT_YAML', 1],
    ['a tag with a handle', `${head}clusters: !e!list []\n`, 'NOT_YAML', 3],
    ['text after the end of the document', `${head}clusters: []\n...\nmeshes: []\n`, 'DOCUMENT_REPEATED', 5],
    ['a value that is not its tag', `${head}clusters: !!int abc\n`, 'TAG_REFUSED', 3],
    ['an alias to nothing', `${head}clusters: *none\n`, 'ALIAS_UNKNOWN', 3],
    ['an alias inside its own anchor', `${head}clusters: &a [*a]\n`, 'ALIAS_UNKNOWN', 3],
    ['a list as a key', `${head}? [a]\n: b\n`, 'KEY_REFUSED', 3],
    ['a merge of a text', `${head}<<: text\n`, 'MERGE_REFUSED', 3],
    ['brackets too deep', `${head}clusters: ${'['.repeat(70)}${']'.repeat(70)}\n`, 'DEPTH_EXCEEDED', 3],
    ['a NUL', `${head}clusters: []\n# \0\n`, 'NOT_YAML', 4],
  ])('%s', (_title, text, code, line) => {
    const { code: problem, errors } = refused(readYaml(text, 'topology.yaml'))
    expect(problem).toBe('DOCUMENT_INVALID')
    expect(errors[0]).toMatchObject({ code, source: { file: 'topology.yaml', line } })
  })

  it('brackets too deep are told of in plain words', () => {
    const { errors } = refused(readYaml(`${head}clusters: ${'['.repeat(70)}${']'.repeat(70)}\n`))
    expect(errors[0]?.detail).toBe('the document is nested too deeply')
  })

  it.each([
    ['a word', 'hello', 1, 1],
    ['a trailing comma', '{\n "clusters": [1,]\n}', 2, 17],
    ['a missing brace', '{\n "a": {"b": 1}\n', 2, 15],
    ['single quotes', "{'a': 1}", 1, 2],
    ['a control character in a text', '{"a": "b\tc"}', 1, 9],
    ['text after the end', '{} {}', 1, 4],
    ['nothing', '', 1, 1],
  ])('not JSON: %s', (_title, text, line, column) => {
    const { code, errors } = refused(readJson(text))
    expect(code).toBe('DOCUMENT_INVALID')
    expect(errors).toMatchObject([{ code: 'NOT_JSON', source: { file: null, line } }])
    if (line === 1) expect(errors[0]?.source?.column).toBe(column)
  })

  it('the message never quotes what the text says', () => {
    for (const text of ['{"password": "hunter2" "x"}', '{"a": hunter2}']) expect(everything(readJson(text))).not.toContain('hunter2')
    expect(everything(readYaml(`${head}clusters: *hunter2\n`))).not.toContain('hunter2')
    expect(everything(readYaml(`${head}clusters: !hunter2 x\n`))).not.toContain('hunter2')
    expect(everything(readJson('{"apiVersion":"sightline/v1","kind":"Topology","clusters":"hunter2"}'))).not.toContain('hunter2')
  })

  it.each([[[0xff, 0xfe, 0x41, 0x00]], [[0x61, 0xc0, 0xaf]], [[0x7b, 0x80, 0x7d]], [[0xed, 0xa0, 0x80]]])(
    'bytes %j are not UTF-8',
    (octets) => {
      expect(refused(readDocument({ body: Uint8Array.from(octets), mediaType: 'application/yaml' })).code).toBe('BODY_NOT_UTF8')
    },
  )

  it('a byte order mark is passed over', () => {
    expect(taken(readYaml(`\uFEFF${head}clusters: []\n`)).parts).toEqual([])
  })
})

describe('what costs more than it says is refused in time', () => {
  const within = (milliseconds: number, text: string): void => {
    const start = performance.now()
    const result = readYaml(text)
    expect(performance.now() - start).toBeLessThan(milliseconds)
    expect('code' in result).toBe(true)
  }

  it('a YAML bomb', () => {
    const levels = Array.from(
      { length: 12 },
      (_, at) =>
        `l${at}: &l${at} [${Array(10)
          .fill(at === 0 ? 'x' : `*l${at - 1}`)
          .join(', ')}]`,
    )
    const { errors } = refused(readYaml(`${head}${levels.join('\n')}\n`))
    expect(errors[0]?.code).toBe('ALIAS_LIMIT')
  })

  it('few aliases to something large', () => {
    const large = `&a [${Array(2000).fill('x').join(',')}]`
    const text = `${head}meshes: ${large}\nnetworks: [${Array(60).fill('*a').join(',')}]\n`
    expect(refused(readYaml(text)).errors[0]?.code).toBe('ALIAS_LIMIT')
  })

  it.each([
    ['question marks', '? '.repeat(5000)],
    ['open brackets', '['.repeat(100_000)],
    ['closed brackets', '['.repeat(10_000) + ']'.repeat(10_000)],
    ['flow pairs', '{a: '.repeat(20_000)],
    ['dashes', '- '.repeat(20_000)],
    ['anchors', Array.from({ length: 20_000 }, (_, at) => `- &a${at} x`).join('\n')],
    ['flat keys', Array.from({ length: 50_000 }, (_, at) => `k${at}: x`).join('\n')],
    ['quotes', '"'.repeat(50_001)],
  ])('%s', (_title, text) => {
    within(5000, text)
  })

  it('deep JSON, before it is built', () => {
    const deep = `${'['.repeat(1_000_000)}${']'.repeat(1_000_000)}`
    expect(refused(readJson(deep)).errors[0]).toMatchObject({ code: 'DEPTH_EXCEEDED', source: { line: 1, column: 65 } })
  })

  it('a text made to be slow to search for secrets', () => {
    for (const piece of ['eyJ-', '-----BEGIN PRIVATE KEY-----', '://a:', 'password', 'Bearer ', 'A'.repeat(32), 'a.b-c_'])
      expect(taken(readJson(withObjects(configMap({ a: piece.repeat(200_000 / piece.length) })))).parts).toHaveLength(1)
  }, 10_000)
})

describe('values that cannot be kept are refused with their place', () => {
  it.each([
    ['9007199254740993', 'NUMBER_REFUSED'],
    ['1e400', 'NUMBER_REFUSED'],
    ['-0', 'NUMBER_REFUSED'],
    ['-0.0', 'NUMBER_REFUSED'],
    ['"a\\u0000b"', 'CHARACTER_REFUSED'],
    ['"\\ud800"', 'CHARACTER_REFUSED'],
  ])('%s in JSON', (value, code) => {
    const text = withObjects({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'a' }, spec: { x: ['$'] } }).replace('"$"', value)
    expect(refused(readJson(text)).errors).toMatchObject([{ code, pointer: '#/clusters/0/resources/0/spec/x/0', source: { line: 1 } }])
  })

  it.each(['9007199254740993', '.nan', '-.inf', '-0.0'])('%s in YAML', (value) => {
    const text = yamlDocument(
      `      - apiVersion: v1\n        kind: Service\n        metadata: { name: a }\n        spec:\n          x: ${value}\n`,
    )
    expect(refused(readYaml(text)).errors).toMatchObject([
      { code: 'NUMBER_REFUSED', pointer: '#/clusters/0/resources/0/spec/x', source: { line: 10, column: 11 } },
    ])
  })

  it('2^53 − 1 and both halves of a character are kept', () => {
    const object = configMap({ a: '\u{1F600}' })
    expect(stored(taken(readJson(withObjects({ ...object, spec: { n: Number.MAX_SAFE_INTEGER } }))))[0]).toMatchObject({
      data: { a: '\u{1F600}' },
      spec: { n: 9007199254740991 },
    })
  })

  it.each(['__proto__', 'constructor', 'prototype'])('the key %s of an object', (key) => {
    const text = withObjects({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'a' }, KEY: { polluted: true } }).replace('KEY', key)
    expect(refused(readJson(text)).errors).toMatchObject([{ code: 'KEY_REFUSED', pointer: `#/clusters/0/resources/0/${key}` }])
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
  })

  it.each(['__proto__', 'constructor', 'prototype'])('the key %s of the document', (key) => {
    const json = `{"apiVersion":"sightline/v1","kind":"Topology","clusters":[],"${key}":{"polluted":true}}`
    expect(refused(readJson(json)).errors).toMatchObject([{ code: 'KEY_REFUSED', pointer: `#/${key}` }])
    expect(refused(readYaml(`${head}clusters: []\n${key}: { polluted: true }\n`)).errors).toMatchObject([
      { code: 'KEY_REFUSED', source: { line: 4 } },
    ])
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
  })

  it('such keys are data inside labels', () => {
    const text = yamlDocument(
      '      - apiVersion: v1\n        kind: Service\n        metadata:\n          name: a\n          labels: { __proto__: x, constructor: z }\n',
    )
    const body = new TextDecoder().decode(taken(readYaml(text)).parts[0]?.body)
    expect(body).toContain('"labels":{"__proto__":"x","constructor":"z"}')
  })
})

it('a namespace that YAML 1.1 takes for a boolean is refused with the way out', () => {
  const text = yamlDocument('      - { apiVersion: v1, kind: Service, metadata: { name: s, namespace: n } }')
  expect(refused(readYaml(text)).errors.map(({ detail }) => detail)).toEqual([
    '`metadata.namespace` must be a string, and is read as the boolean `false`: quotes make it text',
  ])
})
