import { describe, expect, it } from 'vitest'
import { acceptedTrustDomains } from '#engine/analysis/trust/judge-trust-domain'
import { authorityOf } from '#engine/analysis/trust/authority'
import type { Snapshot } from '#engine/snapshot/snapshot'
import { issueAuthority } from '../../certificates.js'
import { snapshotOf } from '../../from-yaml.js'
import { ended, type Straight, straightCalls, trust } from '../straight-call.js'

const rootA = await issueAuthority('root A')
const rootB = await issueAuthority('root B')
const west = await issueAuthority('west', rootA)
const east = await issueAuthority('east', rootA, { until: '2027-06-01T00:00:00Z' })
const foreign = await issueAuthority('foreign', rootB)

const pems = (...authorities: { pem: string }[]) => JSON.stringify(authorities.map(({ pem }) => pem))

const workload = (name: string, account = name) => `
      - { apiVersion: v1, kind: Service, metadata: { name: ${name}, namespace: shop }, spec: { clusterIP: 10.0.0.1, selector: { app: ${name} }, ports: [{ name: http, port: 80 }] } }
      - { apiVersion: apps/v1, kind: Deployment, metadata: { name: ${name}, namespace: shop }, spec: { selector: { matchLabels: { app: ${name} } }, template: { metadata: { labels: { app: ${name} } }, spec: { serviceAccountName: ${account}, containers: [{ name: app }] } } } }`

interface Side {
  readonly roots?: string
  readonly signing?: string
  readonly meshConfig?: string
  readonly flags?: string
  readonly version?: string
  readonly objects?: string
  readonly cluster?: string
}

const controlPlane = (name: string, other: string, { version = '1.31.0', meshConfig = '{}', flags = '{}' }: Side) =>
  `  - { name: ${name}, cluster: ${name}, version: ${version}, meshConfig: ${meshConfig}, flags: ${flags}, remoteSecrets: [${other}] }`

const clusterEntry = (name: string, { roots, signing, cluster = '', objects = '' }: Side, workloads: string) => `
  - name: ${name}
    ${roots === undefined ? '' : `rootCertificates: ${roots}`}
    ${signing === undefined ? '' : `signingCertificates: ${signing}`}
    ${cluster}
    controlPlane: { role: PRIMARY }
    resources:
      - { apiVersion: v1, kind: Namespace, metadata: { name: shop, labels: { istio-injection: enabled } } }
${workloads}
${objects}`

/** Two primaries that see each other: `client` in west, `cart` in east. */
const twoPrimaries = (a: Side = {}, b: Side = {}, more = ''): Snapshot =>
  snapshotOf(`
${more}
controlPlanes:
${controlPlane('west', 'east', a)}
${controlPlane('east', 'west', b)}
clusters:
${clusterEntry('west', a, workload('client') + workload('local'))}
${clusterEntry('east', b, workload('cart'))}
`)

const ask = (snapshot: Snapshot, question: Partial<Straight> = {}) =>
  straightCalls(snapshot, { from: 'west/shop/client', to: 'cart.shop:80', ...question }).map((straight) => ended(trust(straight)))

describe('certificate chains of a call', () => {
  it('without roots calls under one control plane are trusted (TRUST-3)', () => {
    expect(ask(twoPrimaries(), { to: 'local.shop:80' })).toEqual(['TRUSTED'])
  })

  it('and calls across control planes are undetermined, naming what is missing (TRUST-3, TRUST-5)', () => {
    const [call] = straightCalls(twoPrimaries(), { from: 'west/shop/client', to: 'cart.shop:80' })
    const outcome = trust(call!)
    expect(ended(outcome)).toBe('INPUT_MISSING?')
    expect(outcome.step.message).toContain('`rootCertificates` of cluster `east`')
  })

  it('a common mesh is no common root (TRUST-3)', () => {
    expect(ask(twoPrimaries({ cluster: 'mesh: m' }, { cluster: 'mesh: m' }))).toEqual(['INPUT_MISSING?'])
  })

  it('the same root on both sides is trusted (TRUST-5)', () => {
    expect(ask(twoPrimaries({ roots: pems(rootA) }, { roots: pems(rootA) }))).toEqual(['TRUSTED'])
  })

  it('two self-signed roots are not (TRUST-3, TRUST-5)', () => {
    expect(ask(twoPrimaries({ roots: pems(rootA) }, { roots: pems(rootB) }))).toEqual(['UNTRUSTED'])
  })

  it('intermediates of one root are trusted, and the answer holds until the first one ends (TRUST-4, TRUST-6)', () => {
    const snapshot = twoPrimaries({ roots: pems(rootA), signing: pems(west) }, { roots: pems(rootA), signing: pems(east) })
    const [call] = straightCalls(snapshot, { from: 'west/shop/client', to: 'cart.shop:80' })
    const outcome = trust(call!)
    expect(outcome).toMatchObject({ passed: true, value: { validUntil: Date.parse('2027-06-01T00:00:00Z') } })
  })

  it('after the end of an intermediate the call fails (TRUST-6, TOPO-28)', () => {
    const snapshot = twoPrimaries({ roots: pems(rootA), signing: pems(west) }, { roots: pems(rootA), signing: pems(east) })
    expect(ask(snapshot, { at: '2027-05-31T00:00:00Z' })).toEqual(['TRUSTED'])
    expect(ask(snapshot, { at: '2027-06-02T00:00:00Z' })).toEqual(['UNTRUSTED'])
  })

  it('one direction is not enough: both must verify (TRUST-5)', () => {
    const bothRoots = { roots: pems(rootA, rootB), signing: pems(west) }
    expect(ask(twoPrimaries(bothRoots, { roots: pems(rootB), signing: pems(foreign) }))).toEqual(['UNTRUSTED'])
    expect(ask(twoPrimaries(bothRoots, { roots: pems(rootB, rootA), signing: pems(foreign) }))).toEqual(['TRUSTED'])
  })

  it('a refusal in one direction decides although the other is unknown (TRUST-5)', () => {
    // What west trusts is unknown, but east surely does not trust west.
    expect(ask(twoPrimaries({ signing: pems(west) }, { roots: pems(rootB) }))).toEqual(['UNTRUSTED'])
  })

  it('an unreadable certificate leaves the answer open (TRUST-6)', () => {
    expect(ask(twoPrimaries({ roots: pems(rootA) }, { roots: '["not a certificate"]' }))).toEqual(['INPUT_MISSING?'])
  })

  it('plaintext presents no certificate (TRUST-5)', () => {
    const snapshot = twoPrimaries({ roots: pems(rootA) }, { roots: pems(rootB) })
    expect(ask(snapshot, { direct: true })).toEqual(['NO_CERTIFICATES'])
  })

  it('anchors of MeshConfig count only with both switches on (TRUST-9)', () => {
    const east: Side = { roots: pems(rootB), signing: pems(foreign) }
    const caCertificates = `caCertificates: [{ pem: ${JSON.stringify(rootB.pem)} }]`
    const agent = 'defaultConfig: { proxyMetadata: { PROXY_CONFIG_XDS_AGENT: "true" } }'
    const serverTrusts = { ...east, roots: pems(rootB, rootA) }
    const flags = '{ ISTIO_MULTIROOT_MESH: "true" }'
    const asClient = (side: Side) => ask(twoPrimaries({ roots: pems(rootA), signing: pems(west), ...side }, serverTrusts))
    expect(asClient({ meshConfig: `{ ${caCertificates} }` })).toEqual(['UNTRUSTED'])
    expect(asClient({ meshConfig: `{ ${caCertificates} }`, flags })).toEqual(['UNTRUSTED'])
    expect(asClient({ meshConfig: `{ ${caCertificates}, ${agent} }`, flags })).toEqual(['TRUSTED'])
  })

  it('one anchor that is no CA certificate makes the control plane reject all of them (TRUST-10)', () => {
    const caCertificates = `caCertificates: [{ pem: ${JSON.stringify(rootB.pem)} }, { pem: broken }]`
    const meshConfig = `{ ${caCertificates}, defaultConfig: { proxyMetadata: { PROXY_CONFIG_XDS_AGENT: "true" } } }`
    const client: Side = { roots: pems(rootA), signing: pems(west), meshConfig, flags: '{ ISTIO_MULTIROOT_MESH: "true" }' }
    const [straight] = straightCalls(twoPrimaries(client, { roots: pems(rootB, rootA), signing: pems(foreign) }), {
      from: 'west/shop/client',
      to: 'cart.shop:80',
    })
    const outcome = trust(straight!)
    expect(ended(outcome)).toBe('UNTRUSTED')
    expect(outcome.assumptions.map(({ code }) => code)).toContain('TRUST_BUNDLE_REJECTED')
  })

  it('a trust bundle by URL leaves the answer open until its content is given: an entry is a PEM or a URL (TRUST-10, TRUST-12)', () => {
    const meshConfig =
      '{ caCertificates: [{ spiffeBundleUrl: "https://bundle.example" }], defaultConfig: { proxyMetadata: { PROXY_CONFIG_XDS_AGENT: "true" } } }'
    const client: Side = { roots: pems(rootA), signing: pems(west), meshConfig, flags: '{ ISTIO_MULTIROOT_MESH: "true" }' }
    expect(ask(twoPrimaries(client, { roots: pems(rootB, rootA), signing: pems(foreign) }))).toEqual(['INPUT_MISSING?'])
  })

  it('a stated federation acts as the roots, in its own direction only (TRUST-13)', () => {
    const [a, b]: [Side, Side] = [
      { roots: pems(rootA), cluster: 'mesh: m1' },
      { roots: pems(rootB), cluster: 'mesh: m2' },
    ]
    const one = 'federations: [{ importer: m1, exporter: m2, trustBundle: true }]'
    const two = 'federations: [{ importer: m1, exporter: m2, trustBundle: true }, { importer: m2, exporter: m1, trustBundle: true }]'
    expect(ask(twoPrimaries(a, b, one))).toEqual(['UNTRUSTED'])
    expect(ask(twoPrimaries(a, b, two))).toEqual(['TRUSTED'])
    expect(ask(twoPrimaries({ cluster: 'mesh: m1' }, { cluster: 'mesh: m2' }, two))).toEqual(['TRUSTED'])
  })
})

describe('trust domains and names of a call', () => {
  const roots = pems(rootA)
  const td = (trustDomain: string, more = '') => ({ roots, meshConfig: `{ trustDomain: ${trustDomain} ${more} }` })

  it('the server refuses a foreign trust domain (TLS-20)', () => {
    expect(ask(twoPrimaries(td('one', ', trustDomainAliases: [two]'), td('two')))).toEqual(['UNTRUSTED'])
  })

  it.each([
    ['an alias lets it in (TLS-20)', td('two', ', trustDomainAliases: [one]')],
    [
      'trust domains of caCertificates let it in, distributed or not (TRUST-11)',
      td('two', ', caCertificates: [{ pem: x, trustDomains: [one] }]'),
    ],
    ['the check can be turned off (TLS-20)', { ...td('two'), flags: '{ PILOT_SKIP_VALIDATE_TRUST_DOMAIN: "true" }' }],
  ])('%s', (_title, server) => {
    expect(ask(twoPrimaries(td('one', ', trustDomainAliases: [two]'), server))).toEqual(['TRUSTED'])
  })

  it('from 1.29 the client knows the trust domain of the server’s cluster (TRUST-2, TLS-21)', () => {
    const server = td('two', ', trustDomainAliases: [one]')
    expect(ask(twoPrimaries({ ...td('one'), version: '1.29.0' }, server))).toEqual(['TRUSTED'])
  })

  it('before 1.29 it expects its own, unless an alias helps (TLS-19)', () => {
    const server = td('two', ', trustDomainAliases: [one]')
    expect(ask(twoPrimaries({ ...td('one'), version: '1.28.0' }, server))).toEqual(['UNTRUSTED'])
    expect(ask(twoPrimaries({ ...td('one', ', trustDomainAliases: [two]'), version: '1.28.0' }, server))).toEqual(['TRUSTED'])
  })

  it('trust domains of the client’s caCertificates do not help the client (TLS-21)', () => {
    const server = td('two', ', trustDomainAliases: [one]')
    const client = { ...td('one', ', caCertificates: [{ pem: x, trustDomains: [two] }]'), version: '1.28.0' }
    expect(ask(twoPrimaries(client, server))).toEqual(['UNTRUSTED'])
  })

  it('subjectAltNames of a DestinationRule replace the expected names (TLS-18)', () => {
    const names = (name: string): Side => ({
      roots,
      objects: `
      - { apiVersion: networking.istio.io/v1, kind: DestinationRule, metadata: { name: r, namespace: shop }, spec: { host: cart.shop.svc.cluster.local, trafficPolicy: { tls: { mode: ISTIO_MUTUAL, subjectAltNames: ["${name}"] } } } }`,
    })
    expect(ask(twoPrimaries(names('spiffe://cluster.local/ns/shop/sa/other'), { roots }))).toEqual(['UNTRUSTED'])
    expect(ask(twoPrimaries(names('spiffe://cluster.local/ns/shop/sa/cart'), { roots }))).toEqual(['TRUSTED'])
  })

  it('a federation’s trust domains are accepted by the importer (TRUST-13)', () => {
    const snapshot = twoPrimaries(
      { ...td('one'), cluster: 'mesh: m1' },
      { ...td('two'), cluster: 'mesh: m2' },
      'federations: [{ importer: m2, exporter: m1, trustDomains: [one, extra] }]',
    )
    const accepted = acceptedTrustDomains(authorityOf(snapshot, 'east', 'east', false)!)
    expect([...accepted.domains].sort()).toEqual(['extra', 'one', 'two'])
    expect(accepted.assumptions.map(({ code }) => code)).toEqual(['FEDERATION_APPLIED'])
  })
})

describe('a remote cluster with a custom trust domain', () => {
  const primaryRemote = (remoteObjects: string, observed: boolean) =>
    snapshotOf(`
controlPlanes:
  - { name: west, cluster: west, version: 1.31.0, meshConfig: { trustDomain: acme.example }, remoteSecrets: [east] }
clusters:
  - name: west
    controlPlane: { role: PRIMARY }
    resources:
      - { apiVersion: v1, kind: Namespace, metadata: { name: shop, labels: { istio-injection: enabled } } }
${workload('client')}
  - name: east
    observed: ${observed}
    controlPlane: { role: REMOTE, managedBy: west }
    resources:
      - { apiVersion: v1, kind: Namespace, metadata: { name: shop, labels: { istio-injection: enabled } } }
${workload('cart')}
${remoteObjects}
`)
  const configMap = (mesh: string) =>
    `      - { apiVersion: v1, kind: ConfigMap, metadata: { name: istio, namespace: istio-system }, data: { mesh: "${mesh}" } }`
  const askRemote = (remoteObjects: string, observed = true) =>
    straightCalls(primaryRemote(remoteObjects, observed), { from: 'west/shop/client', to: 'cart.shop:80' }).map((straight) =>
      ended(trust(straight)),
    )

  it.each([
    ['its ConfigMap tells the trust domain (TRUST-2, MODEL-5)', configMap('trustDomain: acme.example'), 'TRUSTED'],
    ['no ConfigMap in a dump of the live cluster means cluster.local as well (TRUST-2, MODEL-5)', '', 'UNTRUSTED'],
    [
      'a ConfigMap without the field means cluster.local, which the certificate does not have (TRUST-2)',
      configMap('rootNamespace: x'),
      'UNTRUSTED',
    ],
  ])('%s', (_title, objects, expected) => {
    expect(askRemote(objects, true)).toEqual([expected])
  })

  it('objects that were not collected from a live cluster prove nothing: the own trust domain is assumed (TRUST-2)', () => {
    const [straight] = straightCalls(primaryRemote('', false), { from: 'west/shop/client', to: 'cart.shop:80' })
    const outcome = trust(straight!)
    expect(ended(outcome)).toBe('TRUSTED')
    expect(outcome.assumptions.map(({ code }) => code)).toContain('REMOTE_TRUST_DOMAIN_ASSUMED')
  })
})
