import { describe, expect, it } from 'vitest'
import { configMap, readYaml, stored, taken, yamlDocument } from './reading.js'

const read = (scalar: string): unknown => {
  const text = yamlDocument(
    `      - apiVersion: v1\n        kind: ConfigMap\n        metadata: { name: settings }\n        data:\n          value: ${scalar}\n`,
  )
  const [object] = stored(taken(readYaml(text)))
  return (object as { data: { value: unknown } }).data.value
}

describe('plain YAML scalars are read as kubectl reads them', () => {
  it.each([
    ['yes', true],
    ['On', true],
    ['y', true],
    ['no', false],
    ['off', false],
    ['N', false],
    ['TRUE', true],
    ['tRUE', 'tRUE'],
    ['~', null],
    ['null', null],
    ['014', 12],
    ['08', 8],
    ['0o14', 12],
    ['0x1F', 31],
    ['0b101', 5],
    ['1_000', 1000],
    ['+12', 12],
    ['-3', -3],
    ['1.30', 1.3],
    ['1.30.2', '1.30.2'],
    ['1e3', 1000],
    ['.5', 0.5],
    ['1:30', '1:30'],
    ['2001-12-14', '2001-12-14'],
    ['2001-12-14T21:59:43Z', '2001-12-14T21:59:43Z'],
    ['10.0.0.1', '10.0.0.1'],
    ['0x', '0x'],
    ['-0', 0],
    ['1e400', '1e400'],
    ['0x1FFFFFFFFFFFFFFFF', '0x1FFFFFFFFFFFFFFFF'],
    ['._5', '._5'],
    ['+.5', 0.5],
    ['v1', 'v1'],
    ['"yes"', 'yes'],
    ["'014'", '014'],
    ['!!str 014', '014'],
    ['! 12', '12'],
    ['!!int 12', 12],
    ['!!float 1', 1],
    ['!own 12', '12'],
    ['!!binary aGVsbG8=', 'hello'],
    ['!!timestamp 2001-12-14', '2001-12-14'],
    ['!!str', ''],
    ['|-\n            a\n            b', 'a\nb'],
  ])('%s', (scalar, value) => {
    expect(read(scalar)).toEqual(value)
  })

  it('keys that are no texts become texts, as in JSON', () => {
    const text = yamlDocument(
      '      - { apiVersion: v1, kind: ConfigMap, metadata: { name: a }, data: { 80: a, on: b, 1.50: c, 0x10: d, 1000000.0: e } }\n',
    )
    expect(stored(taken(readYaml(text)))[0]?.data).toEqual({ '80': 'a', true: 'b', '1.5': 'c', '16': 'd', '1e+06': 'e' })
  })

  it('what YAML 1.1 and 1.2 read differently is noted with its line and without its value', () => {
    const text = yamlDocument('      - { apiVersion: v1, kind: ConfigMap, metadata: { name: a }, data: { a: true, b: 12 } }\n')
    expect(taken(readYaml(text)).notes).toEqual([])
    const { notes } = taken(readYaml(text.replace('b: 12', 'b: 0755'), 'topology.yaml'))
    expect(notes).toMatchObject([{ code: 'AMBIGUOUS_SCALAR', severity: 'INFO', source: { file: 'topology.yaml', line: 6 } }])
    expect(JSON.stringify(notes)).not.toContain('0755')
  })
})

describe('aliases and merge keys', () => {
  const withAnchors = (value: string): string =>
    yamlDocument(
      `      - apiVersion: v1\n        kind: ConfigMap\n        metadata: { name: a, labels: &base { app: web, tier: front } }\n        data: ${value}\n`,
    )

  it('an alias is the anchored value', () => {
    expect(stored(taken(readYaml(withAnchors('*base'))))[0]?.data).toEqual({ app: 'web', tier: 'front' })
  })

  it('a merge key brings what the mapping does not say below it: as kubectl has it, and not as YAML', () => {
    expect(stored(taken(readYaml(withAnchors('{ <<: *base, tier: back }'))))[0]?.data).toEqual({ app: 'web', tier: 'back' })
    expect(stored(taken(readYaml(withAnchors('{ tier: back, <<: *base }'))))[0]?.data).toEqual({ app: 'web', tier: 'front' })
    expect(stored(taken(readYaml(withAnchors('{ <<: [*base, { tier: none, more: x }] }'))))[0]?.data).toEqual({
      app: 'web',
      tier: 'front',
      more: 'x',
    })
  })

  it('an object aliased into two clusters gets the namespace of each', () => {
    const text = `apiVersion: sightline/v1
kind: Topology
clusters:
  - name: west
    defaultNamespace: blue
    resources: [&web { apiVersion: v1, kind: Service, metadata: { name: web } }]
  - name: east
    resources: [*web]
`
    const ingested = taken(readYaml(text))
    expect(stored(ingested, 'west')[0]?.metadata).toEqual({ name: 'web', namespace: 'blue' })
    expect(stored(ingested, 'east')[0]?.metadata).toEqual({ name: 'web', namespace: 'default' })
  })

  it('YAML that is JSON is read as JSON', () => {
    const text = JSON.stringify({
      apiVersion: 'sightline/v1',
      kind: 'Topology',
      clusters: [{ name: 'west', resources: [configMap({ a: 'b' })] }],
    })
    expect(stored(taken(readYaml(text)))).toHaveLength(1)
  })
})
