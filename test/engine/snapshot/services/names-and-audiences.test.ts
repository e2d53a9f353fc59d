import { describe, expect, it } from 'vitest'
import { audienceOf, isFor } from '#engine/snapshot/services/audience'
import { clusterLocalOf } from '#engine/snapshot/services/cluster-local'
import { readServiceName } from '#engine/snapshot/services/service-names'
import { servicesSelecting, targetPortOf } from '#engine/snapshot/services/services-selecting'
import { cluster, deployment, type Manifest, service, topology } from '../../combinations/asking.js'

describe('who may use an object', () => {
  it.each<[readonly string[], readonly string[], string, boolean]>([
    [['*'], [], 'bank', true],
    [['.'], [], 'shop', true],
    [['.'], [], 'bank', false],
    [['bank'], [], 'bank', true],
    [['bank'], [], 'shop', false],
    [['bank', '.'], [], 'shop', true],
    [['bank', '*'], [], 'third', true],
    [['~'], [], 'shop', false],
    [['~'], ['*'], 'shop', false],
    [[], ['*'], 'bank', true],
    [[], ['.'], 'bank', false],
    [[], ['.'], 'shop', true],
    [[], ['bank'], 'bank', true],
    [['.'], ['*'], 'bank', false],
  ])('exportTo %j, %j in the mesh: namespace %s may use what shop has → %s (VIS-1, VIS-2)', (declared, defaults, namespace, expected) => {
    expect(isFor(audienceOf(declared, defaults, 'shop'), namespace)).toBe(expected)
  })
})

describe('a host that is only reached inside of the caller’s cluster', () => {
  const settings = (...written: readonly (readonly [boolean, ...string[]])[]): Manifest => ({
    serviceSettings: written.map(([clusterLocal, ...hosts]) => ({ settings: { clusterLocal }, hosts })),
  })
  const isLocal = (host: string, meshConfig: Manifest = {}, version = '1.31.0'): boolean => {
    const planes = [{ name: 'west', cluster: 'west', version, meshConfig }]
    const view = topology([cluster('west', [])], { controlPlanes: planes }).view('west')
    return clusterLocalOf(view.controlPlane.meshConfig, 'cluster.local', version !== '1.23.0')(host)
  }
  const shop = 'cart.shop.svc.cluster.local'

  it.each<[string, boolean]>([
    ['kube-dns.kube-system.svc.cluster.local', true],
    ['kubernetes.default.svc.cluster.local', true],
    ['istiod.istio-system.svc.cluster.local', true],
    ['other.istio-system.svc.cluster.local', false],
    ['kubernetes.shop.svc.cluster.local', false],
    [shop, false],
  ])('is %s without any setting: %s (VIS-32)', (host, expected) => {
    expect(isLocal(host)).toBe(expected)
  })

  it('is the address of the control plane that proxies are told (VIS-32)', () => {
    const meshConfig = { defaultConfig: { discoveryAddress: 'istiod-v2.mesh.svc:15012' } }
    expect(['istiod-v2.mesh', 'istiod.istio-system'].map((name) => isLocal(`${name}.svc.cluster.local`, meshConfig))).toEqual([true, false])
  })

  it.each<[string, Manifest, string, boolean]>([
    ['a host by its name', settings([true, shop]), shop, true],
    ['a host by a wildcard', settings([true, '*.shop.svc.cluster.local']), shop, true],
    ['not one outside of the wildcard', settings([true, '*.bank.svc.cluster.local']), shop, false],
    ['not one that is taken out of the wildcard', settings([true, '*.shop.svc.cluster.local'], [false, shop]), shop, false],
    ['whichever is written first', settings([false, shop], [true, '*.shop.svc.cluster.local']), shop, false],
    ['one by its name within a wildcard that is not', settings([false, '*.shop.svc.cluster.local'], [true, shop]), shop, true],
    ['by the longest wildcard', settings([true, '*.local'], [false, '*.shop.svc.cluster.local']), shop, false],
    ['by the wildcard of all', settings([true, '*']), shop, true],
    ['no longer a built-in one', settings([false, 'kubernetes.default.svc.cluster.local']), 'kubernetes.default.svc.cluster.local', false],
    ['no longer a built-in wildcard', settings([false, '*.kube-system.svc.cluster.local']), 'a.kube-system.svc.cluster.local', false],
    [
      'no longer any of a built-in wildcard of which one host is taken out',
      settings([false, 'a.kube-system.svc.cluster.local']),
      'b.kube-system.svc.cluster.local',
      false,
    ],
  ])('is, by the mesh’s settings, %s (VIS-33)', (_title, meshConfig, host, expected) => {
    expect(isLocal(host, meshConfig)).toBe(expected)
  })

  it('could not be taken out of a wildcard before 1.24 (VIS-33)', () => {
    const meshConfig = settings([true, '*.shop.svc.cluster.local'], [false, shop])
    expect([isLocal(shop, meshConfig, '1.23.0'), isLocal(shop, meshConfig, '1.24.0')]).toEqual([true, false])
  })
})

describe('a name under the cluster’s domain', () => {
  it.each([
    ['cart.shop.svc.cluster.local', { name: 'cart', namespace: 'shop', pod: undefined }],
    ['cart-0.cart.shop.svc.cluster.local', { name: 'cart', namespace: 'shop', pod: 'cart-0' }],
    ['a.cart-0.cart.shop.svc.cluster.local', undefined],
    ['shop.svc.cluster.local', undefined],
    ['cart.shop.svc.other.local', undefined],
    ['cart.shop', undefined],
    ['cart.shop.pod.cluster.local', undefined],
  ])('%s is of a Service, or of a pod of one: %j (DNS-4)', (host, expected) => {
    expect(readServiceName(host, 'cluster.local')).toEqual(expected)
  })
})

describe('the Services that a workload stands behind', () => {
  const find = (objects: readonly Manifest[]) => {
    const snapshot = topology([cluster('west', [deployment('shop/cart', { version: 'v1' }), ...objects])])
    const home = snapshot.clusters.get('west')
    const workload = home?.workloads('shop')[0]
    if (home === undefined || workload === undefined) throw new Error('there is no cart')
    return { workload, services: servicesSelecting(home, workload) }
  }
  const at = (place: string, selector: Manifest, year = 2024, more: Manifest = {}) =>
    service(place, { selector, ...more }, { creationTimestamp: `${year}-01-01T00:00:00Z` })

  it('select it in its own namespace, the oldest first; an alias and one without selector never do (TLS-12)', () => {
    const { services } = find([
      at('shop/young', { app: 'cart' }, 2023),
      at('shop/old', { version: 'v1' }, 2021),
      at('shop/both', { app: 'cart', version: 'v1' }, 2022),
      at('shop/other', { app: 'cart', version: 'v2' }),
      at('shop/alias', { app: 'cart' }, 2020, { type: 'ExternalName', externalName: 'x.example' }),
      at('shop/none', {}),
      at('bank/cart', { app: 'cart' }),
    ])
    expect(services.map(({ meta }) => meta.name)).toEqual(['old', 'both', 'young'])
  })

  it('lead to their port itself where no target port is written, and nowhere by the name of no container’s port (TLS-12)', () => {
    const ports = [
      { name: 'a', port: 80 },
      { name: 'b', port: 81, targetPort: 8080 },
      { name: 'c', port: 82, targetPort: 'web' },
    ]
    const { services, workload } = find([at('shop/cart', { app: 'cart' }, 2024, { ports })])
    expect(services[0]?.ports.map((port) => targetPortOf(port, workload))).toEqual([80, 8080, undefined])
  })
})
