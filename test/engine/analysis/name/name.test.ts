import { describe, expect, it } from 'vitest'
import { snapshotOf } from '../../from-yaml.js'
import { resolveName } from '#engine/analysis/name/resolve-name'
import {
  calling,
  clientOf,
  type Manifest,
  service,
  serviceEntry,
  valueOf,
  west,
  world,
  blamed,
  sidecar,
  deployment,
  namespace,
} from '../calling.js'

const resolve = (
  objects: readonly Manifest[],
  host: string,
  more: { cluster?: Manifest; east?: readonly Manifest[]; from?: string } = {},
) => {
  const clusters = { west: west(...objects), ...(more.east === undefined ? {} : { east: more.east }) }
  const snapshot = world({ clusters, ...(more.cluster === undefined ? {} : { cluster: more.cluster }) })
  return resolveName(calling(clientOf(snapshot, more.from), host))
}
const capture = { dns: { capture: true } }

describe('names that the cluster’s DNS knows', () => {
  it.each([
    ['reviews', 'the client’s namespace completes a short name'],
    ['reviews.shop', 'the cluster domain completes a name with its namespace'],
    ['reviews.shop.svc', 'the domain completes a name up to svc'],
    ['reviews.shop.svc.cluster.local', 'a full name stays'],
  ])('%s: %s (DNS-6)', (host) => {
    const named = valueOf(resolve([service('shop/reviews', { clusterIP: '10.0.0.1' })], host))
    expect(named).toMatchObject({ hostname: 'reviews.shop.svc.cluster.local', addresses: ['10.0.0.1'], resolvedBy: 'CLUSTER_DNS' })
  })

  it('a short name is looked for in the client’s namespace only (DNS-6)', () => {
    const outcome = resolve([service('other/reviews')], 'reviews')
    expect(outcome).toMatchObject({ passed: false, because: 'STOPPED', step: { reason: 'NAME_NOT_RESOLVED' } })
  })

  it('the client’s own cluster domain completes the name (DNS-6)', () => {
    const named = valueOf(resolve([service('shop/reviews')], 'reviews', { cluster: { clusterDomain: 'west.example' } }))
    expect(named.hostname).toBe('reviews.shop.svc.west.example')
  })

  it('a Service that exists only in another cluster has no name here, and the answer says where it is (DNS-2, EDS-3)', () => {
    const outcome = resolve([], 'reviews.shop', { east: [namespace('shop'), service('shop/reviews')] })
    expect(outcome).toMatchObject({ passed: false, because: 'STOPPED', step: { reason: 'NAME_NOT_RESOLVED' } })
    expect(outcome.step.message).toContain('`east`')
    expect(outcome.step.because).toMatchObject([{ cluster: 'east', kind: 'Service', name: 'reviews' }])
  })

  it.each([
    ['a sidecar', {}, 'create it in `west` too, or turn on DNS capture'],
    [
      'a sidecar, and it is cluster-local',
      { serviceSettings: [{ settings: { clusterLocal: true }, hosts: ['*.shop.svc.cluster.local'] }] },
      'create it in `west` too, as it is cluster-local',
    ],
  ])('and what helps: the caller has %s (DNS-7, VIS-32)', (_title, meshConfig, advice) => {
    const snapshot = world({ clusters: { west: west(), east: [namespace('shop'), service('shop/reviews')] }, meshConfig })
    expect(resolveName(calling(clientOf(snapshot), 'reviews.shop')).step.message).toMatch(new RegExp(`${advice}$`))
  })

  it('a ClusterIP that is still to be given is an address all the same (DNS-2)', () => {
    expect(valueOf(resolve([service('shop/reviews', { clusterIP: undefined })], 'reviews')).addresses).toEqual(['auto'])
  })

  it('a headless Service without a ready pod in this cluster has no answer (DNS-2, DNS-4)', () => {
    const headless = service('shop/db', { clusterIP: 'None' })
    expect(resolve([headless], 'db').step.reason).toBe('NAME_NOT_RESOLVED')
    const east = [namespace('shop'), headless, deployment('shop/db')]
    expect(resolve([headless], 'db', { east }).step.reason).toBe('NAME_NOT_RESOLVED')
    expect(resolve([headless, deployment('shop/db')], 'db').passed).toBe(true)
  })

  it('an ExternalName has an address only where its target has one (DNS-2)', () => {
    const alias = (externalName: string) => service('shop/alias', { type: 'ExternalName', externalName, clusterIP: undefined })
    expect(resolve([alias('reviews.shop.svc.cluster.local')], 'alias').passed).toBe(false)
    const both = [alias('reviews.shop.svc.cluster.local'), service('shop/reviews', { clusterIP: '10.0.0.1' })]
    expect(valueOf(resolve(both, 'alias'))).toMatchObject({ hostname: 'alias.shop.svc.cluster.local', addresses: ['10.0.0.1'] })
    expect(resolve([alias('db.example.com')], 'alias').assumptions).toMatchObject([{ code: 'EXTERNAL_NAME_ASSUMED_RESOLVABLE' }])
  })

  it('ExternalNames that lead to each other have no answer (EDS-13)', () => {
    const alias = (name: string, to: string) =>
      service(`shop/${name}`, { type: 'ExternalName', externalName: `${to}.shop.svc.cluster.local` })
    expect(resolve([alias('a', 'b'), alias('b', 'a')], 'a').step.reason).toBe('NAME_NOT_RESOLVED')
  })
})

describe('names outside the cluster', () => {
  it.each(['10.1.2.3', '2001:db8::1', '[2001:db8::1]'])('%s is an address and needs no name (DNS-1)', (host) => {
    expect(valueOf(resolve([], host))).toMatchObject({ resolvedBy: 'LITERAL', addresses: [host.replace(/[[\]]/g, '')] })
  })

  it('a public name that nothing here knows is taken to resolve outside, as an assumption (DNS-5)', () => {
    const outcome = resolve([], 'api.example.com')
    expect(valueOf(outcome)).toMatchObject({ hostname: 'api.example.com', resolvedBy: 'UPSTREAM_DNS', addresses: [] })
    expect(outcome.assumptions).toMatchObject([{ code: 'EXTERNAL_NAME_ASSUMED_RESOLVABLE' }])
  })

  it.each(['nowhere', 'nowhere.shop', 'nowhere.shop.svc', 'nowhere.shop.svc.cluster.local'])(
    '%s means a Service and is never asked for outside (DNS-2)',
    (host) => {
      expect(resolve([], host).step.reason).toBe('NAME_NOT_RESOLVED')
    },
  )

  const ratings = serviceEntry('shop/ratings', {
    hosts: ['ratings.shop.global'],
    addresses: ['240.0.0.2'],
    location: 'MESH_INTERNAL',
    resolution: 'STATIC',
    ports: [{ name: 'http', number: 80, protocol: 'HTTP' }],
    endpoints: [{ address: '34.0.0.2' }],
  })

  it('a Service’s name with a namespace that is almost written right may be meant for it: undetermined (DNS-5)', () => {
    const outcome = resolve([service('shop/reviews')], 'reviews.shp')
    expect(outcome).toMatchObject({ passed: false, because: 'UNDETERMINED', step: { reason: 'INPUT_MISSING' } })
    expect(outcome.step.message).toContain('`reviews.shop` may be meant')
    expect(blamed(outcome)).toEqual(['Service shop/reviews'])
  })

  it('but the same name under a domain of its own is taken to be public (DNS-5)', () => {
    expect(resolve([service('shop/github')], 'github.com')).toMatchObject({ passed: true, step: { reason: 'NAME_EXTERNAL' } })
  })

  it('a ServiceEntry’s made-up name resolves by a stub domain to its address (DNS-5, DNS-30)', () => {
    const named = valueOf(resolve([ratings], 'ratings.shop.global', { cluster: { dns: { stubDomains: ['global'] } } }))
    expect(named).toMatchObject({ resolvedBy: 'STUB_DOMAIN', addresses: ['240.0.0.2'], hostname: 'ratings.shop.global' })
  })

  it('without a stub domain or DNS capture a made-up name has no address (DNS-5)', () => {
    expect(resolve([ratings], 'ratings.shop.global', { cluster: { dns: { stubDomains: [] } } }).step.reason).toBe('NAME_NOT_RESOLVED')
  })

  it('where nothing tells of stub domains, whether the name resolves is unknown (DNS-5, DNS-30)', () => {
    const outcome = resolve([ratings], 'ratings.shop.global')
    expect(outcome).toMatchObject({ passed: false, because: 'UNDETERMINED', step: { reason: 'INPUT_MISSING' } })
    expect(outcome.step.message).toContain('dns.stubDomains')
  })

  it.each([
    ['forwards `global`', 'global:53 {\n  forward . 10.0.0.3\n}\n', true],
    ['forwards nothing', '', false],
  ])('a DNS ConfigMap that %s decides (DNS-30)', (_, block, resolves) => {
    const metadata = { namespace: 'kube-system', name: 'coredns' }
    const map = { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { Corefile: `.:53 {\n  kubernetes cluster.local\n}\n${block}` } }
    const outcome = resolve([ratings, map], 'ratings.shop.global')
    expect(outcome).toMatchObject(
      resolves ? { passed: true } : { passed: false, because: 'STOPPED', step: { reason: 'NAME_NOT_RESOLVED' } },
    )
  })

  it('a stub domain does not invent addresses that no ServiceEntry states (DNS-30)', () => {
    expect(resolve([], 'ratings.shop.global', { cluster: { dns: { stubDomains: ['global'] } } }).step.reason).toBe('NAME_NOT_RESOLVED')
  })
})

describe('names under DNS capture', () => {
  it('a service that only another cluster has resolves, to that cluster’s address (DNS-8, DNS-9)', () => {
    const east = [namespace('shop'), service('shop/reviews', { clusterIP: '10.9.0.1' })]
    const named = valueOf(resolve([], 'reviews', { cluster: capture, east }))
    expect(named).toMatchObject({ resolvedBy: 'DNS_CAPTURE', addresses: ['10.9.0.1'] })
  })

  it('the client’s own cluster’s address comes before another’s (DNS-3, DNS-9)', () => {
    const east = [namespace('shop'), service('shop/reviews', { clusterIP: '10.9.0.1' })]
    const named = valueOf(resolve([service('shop/reviews', { clusterIP: '10.0.0.1' })], 'reviews', { cluster: capture, east }))
    expect(named.addresses).toEqual(['10.0.0.1'])
  })

  it('a service that the Sidecar hides is not in the table, and the cluster’s DNS answers as before (DNS-8)', () => {
    const hide = sidecar('shop/default', { egress: [{ hosts: ['./*'] }] })
    const reviews = service('other/reviews', { clusterIP: '10.0.0.1' })
    expect(valueOf(resolve([hide, reviews], 'reviews.other', { cluster: capture })).resolvedBy).toBe('CLUSTER_DNS')
    const east = [namespace('other'), service('other/ratings')]
    expect(resolve([hide], 'ratings.other', { cluster: capture, east }).step.reason).toBe('NAME_NOT_RESOLVED')
  })

  it('a ServiceEntry without address has an automatic one for clients that use DNS capture (DNS-9, DNS-15)', () => {
    const entry = serviceEntry('shop/ext', {
      hosts: ['db.mesh.internal'],
      location: 'MESH_INTERNAL',
      resolution: 'STATIC',
      ports: [{ name: 'tcp', number: 5432, protocol: 'TCP' }],
      endpoints: [{ address: '10.5.0.1' }],
    })
    expect(valueOf(resolve([entry], 'db.mesh.internal', { cluster: capture }))).toMatchObject({
      addresses: ['auto'],
      resolvedBy: 'DNS_CAPTURE',
    })
    expect(resolve([entry], 'db.mesh.internal').step.reason).toBe('NAME_NOT_RESOLVED')
  })

  it('a wildcard ServiceEntry with an address answers for every name below it (DNS-13)', () => {
    const entry = serviceEntry('shop/wild', {
      hosts: ['*.wild.internal'],
      addresses: ['240.0.0.7'],
      resolution: 'STATIC',
      ports: [{ name: 'tcp', number: 5432, protocol: 'TCP' }],
      endpoints: [{ address: '10.5.0.1' }],
    })
    expect(valueOf(resolve([entry], 'a.wild.internal', { cluster: capture })).addresses).toEqual(['240.0.0.7'])
  })

  it('a workload without proxy asks the cluster’s DNS, whatever the mesh captures (DNS-7)', () => {
    const naked = [namespace('legacy', {}), deployment('legacy/client')]
    const east = [namespace('shop'), service('shop/reviews')]
    expect(resolve(naked, 'reviews.shop', { cluster: capture, east, from: 'west/legacy/client' }).step.reason).toBe('NAME_NOT_RESOLVED')
  })

  it('the Service blamed for a name is the one that answered (DNS-2)', () => {
    expect(blamed(resolve([service('shop/reviews')], 'reviews'))).toEqual(['Service shop/reviews'])
  })

  it('a headless service answers with the pods of every cluster, but only those on the client’s network (DNS-4, DNS-12)', () => {
    const pods = [namespace('shop'), service('shop/db', { clusterIP: 'None' }), deployment('shop/db')]
    const addresses = (network: (name: string) => Manifest) => {
      const every = (name: string) => ({ dns: { capture: true }, ...network(name) })
      const snapshot = world({ clusters: { west: west(), east: pods }, every })
      const outcome = resolveName(calling(clientOf(snapshot), 'db'))
      return outcome.passed ? outcome.value.addresses.length : 0
    }
    expect(addresses(() => ({ network: 'one' }))).toBe(1)
    expect(addresses((name) => ({ network: name }))).toBe(0)
  })

  it('an address range is no address, and the name falls to the cluster’s DNS (DNS-10)', () => {
    const entry = serviceEntry('shop/range', {
      hosts: ['range.mesh.internal'],
      addresses: ['10.7.0.0/16'],
      resolution: 'NONE',
      location: 'MESH_INTERNAL',
      ports: [{ name: 'tcp', number: 5432, protocol: 'TCP' }],
    })
    expect(resolve([entry], 'range.mesh.internal', { cluster: capture }).step.reason).toBe('NAME_NOT_RESOLVED')
  })

  it('a Kubernetes Service’s address comes before a ServiceEntry’s of the same name (DNS-11)', () => {
    const entry = serviceEntry('other/reviews', {
      hosts: ['reviews.shop.svc.cluster.local'],
      addresses: ['240.0.0.9'],
      resolution: 'STATIC',
      ports: [{ name: 'http', number: 80, protocol: 'HTTP' }],
    })
    expect(
      valueOf(resolve([entry, service('shop/reviews', { clusterIP: '10.0.0.1' })], 'reviews', { cluster: capture })).addresses,
    ).toEqual(['10.0.0.1'])
  })

  it('capture is a property of the pod: its own annotation turns it on alone (DNS-18)', () => {
    const config = 'proxyMetadata:\n  ISTIO_META_DNS_CAPTURE: "true"\n'
    const capturing = deployment('shop/capturing', {}, { 'proxy.istio.io/config': config })
    const east = [namespace('shop'), service('shop/reviews')]
    expect(valueOf(resolve([capturing], 'reviews', { east, from: 'west/shop/capturing' })).resolvedBy).toBe('DNS_CAPTURE')
    expect(resolve([capturing], 'reviews', { east }).step.reason).toBe('NAME_NOT_RESOLVED')
  })
})

describe('names that a federation states', () => {
  it('are taken to resolve in the importing mesh, as an assumption (DNS-5)', () => {
    const snapshot = snapshotOf(`
meshes: [{ name: mesh1 }, { name: mesh2, trustDomain: mesh2.example }]
clusters:
  - { name: west, mesh: mesh1, controlPlane: { role: PRIMARY }, resources: ${JSON.stringify(west())} }
  - { name: east, mesh: mesh2, controlPlane: { role: PRIMARY }, resources: ${JSON.stringify([service('shop/ratings')])} }
federations:
  - importer: mesh1
    exporter: mesh2
    services: [{ namespace: shop, name: ratings, as: ratings.shop.svc.mesh2.example }]
    gateways: [{ address: 34.0.0.9 }]
`)
    const outcome = resolveName(calling(clientOf(snapshot), 'ratings.shop.svc.mesh2.example'))
    expect(valueOf(outcome).hostname).toBe('ratings.shop.svc.mesh2.example')
    expect(outcome.assumptions).toMatchObject([{ code: 'EXTERNAL_NAME_ASSUMED_RESOLVABLE' }])
    expect(resolveName(calling(clientOf(snapshot), 'reviews.shop.svc.mesh2.example')).step.reason).toBe('NAME_NOT_RESOLVED')
  })
})

describe('the same question from another place', () => {
  it('is answered for the client’s own cluster (FLOW-1)', () => {
    const snapshot = world({ clusters: { west: west(), east: west(service('shop/reviews')) } })
    expect(resolveName(calling(clientOf(snapshot, 'east/shop/client'), 'reviews')).passed).toBe(true)
    expect(resolveName(calling(clientOf(snapshot, 'west/shop/client'), 'reviews')).passed).toBe(false)
  })
})
