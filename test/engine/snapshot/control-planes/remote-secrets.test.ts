import { describe, expect, it } from 'vitest'
import { readMeshNetworks } from '#engine/snapshot/control-planes/read-mesh-networks'
import { parseEmbeddedYaml } from '#engine/snapshot/control-planes/embedded-yaml'
import { snapshotOf } from '../../from-yaml.js'

const secret = (data: string, { name = 's', namespace = 'istio-system', label = '"true"' } = {}) =>
  `{ apiVersion: v1, kind: Secret, metadata: { name: ${name}, namespace: ${namespace}, labels: { istio/multiCluster: ${label} } }, data: ${data} }`

const secretsOf = (resources: readonly string[], header = '') =>
  snapshotOf(`
clusters:
  - { name: west, ${header} controlPlane: { role: PRIMARY }, resources: [${resources.join(', ')}] }
  - { name: east, controlPlane: { role: PRIMARY }, resources: [] }
`).view('west').controlPlane.remoteSecrets

describe('clusters that a control plane may read (MODEL-20)', () => {
  it('are unknown without any secret, for secrets are rarely part of a dump', () => {
    expect(secretsOf([]).value).toBeUndefined()
  })

  it.each([
    ['one key each', [secret('{ east: "" }'), secret('{ north: "" }', { name: 't' })], ['east', 'north']],
    ['several keys of one', [secret('{ north: "", east: "" }')], ['east', 'north']],
    ['the same key twice', [secret('{ east: "" }'), secret('{ east: "" }', { name: 't' })], ['east']],
    ['its own key', [secret('{ west: "", east: "" }')], ['east']],
    ['only its own key', [secret('{ west: "" }')], []],
    ['no key', [secret('{}')], []],
  ] as const)('are told by %s', (_, resources, expected) => {
    expect(secretsOf(resources)).toMatchObject({ value: expected, provenance: 'DERIVED' })
  })

  it.each([
    ['in another namespace than the control plane’s', { namespace: 'shop' }],
    ['whose label is not true', { label: '"yes"' }],
  ])('are not told by a secret %s', (_, options) => expect(secretsOf([secret('{ east: "" }', options)]).value).toBeUndefined())

  it('are what the header states, an empty list being none at all', () => {
    expect(secretsOf([secret('{ east: "" }')], 'remoteSecrets: [],')).toMatchObject({ value: [], provenance: 'STATED' })
    expect(secretsOf([], 'remoteSecrets: [east, west],')).toMatchObject({ value: ['east'], provenance: 'STATED' })
  })

  it('are one-sided: what one reads says nothing of the other (MODEL-22)', () => {
    const snapshot = snapshotOf(`
clusters:
  - { name: west, controlPlane: { role: PRIMARY }, resources: [${secret('{ east: "" }')}] }
  - { name: east, controlPlane: { role: PRIMARY }, resources: [] }
`)
    expect(snapshot.view('east').controlPlane.remoteSecrets.value).toBeUndefined()
  })
})

describe('an istiod that the objects show', () => {
  const plane = (image: string, env = '', labels = '{}') =>
    snapshotOf(`
clusters:
  - name: west
    resources:
      - { apiVersion: apps/v1, kind: Deployment, metadata: { name: istiod, namespace: mesh-system }, spec: { template: { metadata: { labels: ${labels} }, spec: { containers: [{ name: discovery, image: "${image}", env: [${env}] }] } } } }
`).controlPlanes

  it.each([
    ['{ name: REVISION, value: 1-30 }', '{ istio.io/rev: other }', '1-30'],
    ['{ name: REVISION, value: default }', '{}', ''],
    ['', '{ istio.io/rev: 1-29 }', '1-29'],
    ['', '{}', ''],
  ])('is of the revision of its variable, then of its label: %s %s', (env, labels, revision) => {
    expect([...plane('istio/pilot:1.24.1', env, labels).values()].map((one) => [one.systemNamespace, one.revision])).toEqual([
      ['mesh-system', revision],
    ])
  })
})

describe('meshNetworks (MODEL-14)', () => {
  const network =
    '{ endpoints: [{ fromRegistry: west }, { fromCidr: 10.0.0.0/8 }], gateways: [{ address: 1.2.3.4, port: 15443 }, { registryServiceName: gw.n.svc, port: 443, locality: r }] }'
  const expected = {
    name: 'n1',
    fromRegistry: ['west'],
    fromCidr: ['10.0.0.0/8'],
    gateways: [
      { address: '1.2.3.4', port: 15443, locality: '' },
      { registryServiceName: 'gw.n.svc', port: 443, locality: 'r' },
    ],
  }

  it.each([`networks: { n1: ${network} }`, `n1: ${network}`])('are read with the outer key of the ConfigMap and without it', (text) => {
    expect(readMeshNetworks(parseEmbeddedYaml(text) ?? {}, []).networks).toEqual([expected])
  })

  it('without a word are none, and a network of nothing is still one', () => {
    expect(readMeshNetworks({}, []).networks).toEqual([])
    expect(readMeshNetworks({ networks: { n1: {} } }, []).networks).toEqual([{ name: 'n1', fromRegistry: [], fromCidr: [], gateways: [] }])
  })

  it('of a wrong shape never throw', () => {
    for (const value of [null, 1, 'x', [], { endpoints: 1, gateways: [null, 'x', { port: [] }] }])
      expect(() => readMeshNetworks({ n1: value }, [])).not.toThrow()
  })
})

describe('YAML inside of an object’s text', () => {
  it.each([
    ['', {}],
    ['# nothing', {}],
    ['a: 1', { a: 1 }],
    ['---', {}],
    ['null', {}],
    ['{"a": true}', { a: true }],
    ['a: 1\n---\nb: 2', undefined],
    ['[a]', undefined],
    ['text', undefined],
    ['a: [', undefined],
    ['a: b: c', undefined],
  ])('%o is a mapping or none', (text, expected) => expect(parseEmbeddedYaml(text)).toEqual(expected))

  it('that multiplies itself is none', () => {
    const lines = Array.from({ length: 12 }, (_, index) => `a${index + 1}: &a${index + 1} [${Array(10).fill(`*a${index}`).join(', ')}]`)
    expect(parseEmbeddedYaml(`a0: &a0 x\n${lines.join('\n')}`)).toBeUndefined()
  })
})
