import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalJson } from '#engine/manifests/canonical-json'
import { contentHash } from '#engine/model/stored/content-hash'
import type { Ingested } from '#engine/manifests/ingested'
import { writeClusterYaml, writeHeaderYaml } from '#engine/manifests/write-yaml'
import { type RawObject, readJson, readYaml, stored, taken } from './reading.js'

const name = fc.stringMatching(/^[a-z]([-a-z0-9]{0,8}[a-z0-9])?$/)
const scalar = fc.oneof(
  fc.string({ unit: 'grapheme-ascii' }),
  fc.string({ unit: 'grapheme' }),
  fc.stringMatching(/^[-+.0-9_xobefYyNnOotTrRuUlL~ :#]{1,6}$/),
  fc.constantFrom(
    'yes',
    'no',
    'on',
    'y',
    '014',
    '0o14',
    '1_000',
    '1:30',
    '~',
    'null',
    '.inf',
    '<<',
    '=',
    '2001-12-14',
    '-',
    '---',
    '...',
    '\u2028',
    '\t',
    ' a',
    'a ',
    '#',
    'a: b',
  ),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
  fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 }).filter((value) => !Object.is(value, -0)),
)
const key = fc
  .oneof(name, fc.string({ unit: 'grapheme-ascii', minLength: 1 }))
  .filter((text) => !['__proto__', 'constructor', 'prototype'].includes(text))
const value = fc.letrec<{ tree: unknown }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    scalar,
    fc.array(tie('tree'), { maxLength: 3 }),
    fc.dictionary(key, tie('tree'), { maxKeys: 3 }),
  ),
})).tree
const object = fc.record({
  apiVersion: fc.constantFrom('v1', 'apps/v1', 'networking.istio.io/v1'),
  kind: fc.constantFrom('Service', 'Namespace', 'Thing'),
  metadata: fc.record({ name, namespace: name }, { requiredKeys: ['name'] }),
  spec: value,
})
/** Objects of one cluster, each its own. */
const objects = fc.uniqueArray(object, {
  maxLength: 6,
  selector: ({ apiVersion, kind, metadata }) =>
    `${apiVersion}/${kind}/${apiVersion === 'v1' && kind === 'Namespace' ? '' : (metadata.namespace ?? 'default')}/${metadata.name}`,
})

const documentOf = (resources: readonly unknown[]): string =>
  JSON.stringify({ apiVersion: 'sightline/v1', kind: 'Topology', clusters: [{ name: 'west', resources }] })

const exported = (ingested: Ingested): string =>
  writeHeaderYaml(ingested.header) + ingested.header.clusters.map((entry) => writeClusterYaml(entry, stored(ingested, entry.name))).join('')

describe('the canonical form', () => {
  it('does not depend on the order of objects, of keys, or of clusters', () => {
    fc.assert(
      fc.property(objects, (list) => {
        const one = taken(readJson(documentOf(list)))
        const shuffled = list.toReversed().map(({ apiVersion, ...rest }) => ({ ...rest, apiVersion }))
        const other = taken(readJson(documentOf([{ apiVersion: 'v1', kind: 'List', items: shuffled }])))
        expect(other.contentHash).toBe(one.contentHash)
        expect(other.parts[0]?.digest).toBe(one.parts[0]?.digest)
      }),
      { numRuns: 200 },
    )
    const clusters = [
      { name: 'west', network: 'a' },
      { name: 'east', network: 'b' },
    ]
    const hash = (list: readonly unknown[]) =>
      taken(readJson(JSON.stringify({ apiVersion: 'sightline/v1', kind: 'Topology', clusters: list }))).contentHash
    expect(hash(clusters)).toBe(hash(clusters.toReversed()))
  })

  it('is read back as itself, from JSON and from YAML', () => {
    fc.assert(
      fc.property(objects, (list) => {
        const one = taken(readJson(documentOf(list)))
        expect(taken(readJson(documentOf(stored(one)))).contentHash).toBe(one.contentHash)
        expect(taken(readYaml(exported(one))).contentHash).toBe(one.contentHash)
      }),
      { numRuns: 300 },
    )
  })

  it('writes keys in the order of RFC 8785, whatever they are', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue(), { noNullPrototype: true }), (map) => {
        const text = canonicalJson(map)
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(map)))
        expect(canonicalJson(JSON.parse(text))).toBe(text)
      }),
    )
    expect(canonicalJson({ b: 1, a: { '10': 1, '9': 2, a: [{ d: 1, c: 2 }] } })).toBe('{"a":{"10":1,"9":2,"a":[{"c":2,"d":1}]},"b":1}')
    expect(canonicalJson(JSON.parse('{"b":1,"__proto__":{"z":1,"a":2}}'))).toBe('{"__proto__":{"a":2,"z":1},"b":1}')
    expect(canonicalJson({ '\u{1F600}': 1, '\uFB33': 2, '€': 3 })).toBe('{"€":3,"\u{1F600}":1,"\uFB33":2}')
  })

  it('of nothing is an empty list, by SHA-256', () => {
    const { parts, headerJson, contentHash: hash } = taken(readJson(documentOf([])))
    expect(new TextDecoder().decode(parts[0]?.body)).toBe('[]')
    expect(parts[0]?.digest).toBe('4f53cda18c2baa0c0354bb5f9a3ecbe5ed12ab4d8e11ba873c2f11161202b945')
    expect(headerJson).toBe('{"apiVersion":"sightline/v1","clusters":[{"name":"west"}],"kind":"Topology"}')
    expect(hash).toBe(contentHash(headerJson, parts))
    expect(hash).toMatch(/^sha256:[0-9a-f]{64}$/)
  })
})

describe('objects in normal form', () => {
  const normal = (resource: RawObject, cluster: RawObject = {}): RawObject | undefined =>
    stored(
      taken(
        readJson(
          JSON.stringify({ apiVersion: 'sightline/v1', kind: 'Topology', clusters: [{ name: 'west', ...cluster, resources: [resource] }] }),
        ),
      ),
    )[0]

  it('have the namespace that the cluster defaults to', () => {
    const service = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'a' } }
    expect(normal(service)?.metadata).toEqual({ name: 'a', namespace: 'default' })
    expect(normal(service, { defaultNamespace: 'shop' })?.metadata).toEqual({ name: 'a', namespace: 'shop' })
    expect(normal({ ...service, metadata: { name: 'a', namespace: 'x' } }, { defaultNamespace: 'shop' })?.metadata).toEqual({
      name: 'a',
      namespace: 'x',
    })
    expect(normal({ ...service, apiVersion: 'example.org/v1', kind: 'Thing' })?.metadata).toEqual({ name: 'a', namespace: 'default' })
  })

  it.each([
    ['v1', 'Namespace'],
    ['v1', 'Node'],
    ['rbac.authorization.k8s.io/v1', 'ClusterRole'],
    ['apiextensions.k8s.io/v1', 'CustomResourceDefinition'],
    ['admissionregistration.k8s.io/v1', 'MutatingWebhookConfiguration'],
    ['gateway.networking.k8s.io/v1', 'GatewayClass'],
    ['v1', 'PersistentVolume'],
  ])('of %s %s have none, whatever they say', (apiVersion, kind) => {
    expect(normal({ apiVersion, kind, metadata: { name: 'a', namespace: 'x' } })?.metadata).toEqual({ name: 'a' })
  })

  it('have no noise, and every other field as it came', () => {
    const status = { phase: 'Running', podIP: '10.0.0.1' }
    const metadata = { name: 'a', namespace: 'b', uid: 'u', resourceVersion: '1', creationTimestamp: '2026-01-01T00:00:00Z' }
    const applied = { 'kubectl.kubernetes.io/last-applied-configuration': '{}', keep: 'me' }
    expect(normal({ apiVersion: 'v1', kind: 'Pod', metadata: { ...metadata, managedFields: [{}], annotations: applied }, status })).toEqual(
      {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { ...metadata, annotations: { keep: 'me' } },
        status,
      },
    )
  })

  it('of unknown kinds are kept', () => {
    const thing = { apiVersion: 'example.org/v1alpha1', kind: 'Thing', metadata: { name: 'a', namespace: 'b' }, anything: [1, { x: null }] }
    expect(normal(thing)).toEqual(thing)
  })

  it('an IstioOperator file without a name gets the one that the installer gives it', () => {
    expect(normal({ apiVersion: 'install.istio.io/v1alpha1', kind: 'IstioOperator', spec: {} })?.metadata).toEqual({
      name: 'installed-state',
      namespace: 'default',
    })
  })
})
