import { describe, expect, it } from 'vitest'
import { mutualTlsMode, namespaceMutualTlsMode } from '#engine/istiod/inbound/mutual-tls-mode'
import { selectsByPlace } from '#engine/istiod/inbound/selects-by-place'
import { cluster, istio, type Manifest, namespace, topology } from '../../combinations/asking.js'

interface Policy {
  readonly mode?: string
  readonly selector?: Manifest
  readonly ports?: Manifest
  readonly year?: number
}
const policy = (place: string, { mode, selector, ports, year = 2024 }: Policy = {}): Manifest =>
  istio(
    'PeerAuthentication',
    place,
    {
      ...(mode === undefined ? {} : { mtls: { mode } }),
      ...(selector === undefined ? {} : { selector: { matchLabels: selector } }),
      ...(ports === undefined ? {} : { portLevelMtls: ports }),
    },
    { creationTimestamp: `${year}-01-01T00:00:00Z` },
  )
const viewOf = (objects: readonly Manifest[], meshConfig: Manifest = {}) =>
  topology([cluster('west', [namespace('istio-system'), ...objects])], {
    controlPlanes: [{ name: 'west', cluster: 'west', meshConfig }],
  }).view('west')

const cart = { app: 'cart', version: 'v1' }
/** Mode, and the policy with its path that set it, for workloads `app: cart` of namespace shop at port 8080. */
const decided = (objects: readonly Manifest[], place = 'shop', port = 8080, meshConfig: Manifest = {}): string => {
  const { mode, because } = mutualTlsMode(viewOf(objects, meshConfig), place, cart, port)
  return [mode, ...because.map(({ namespace: home, name, path }) => `${home}/${name} ${path}`)].join(' by ')
}
const own = { app: 'cart' }

describe('the mode of mutual TLS that a workload’s port has', () => {
  const mesh = policy('istio-system/mesh', { mode: 'STRICT' })
  it.each<[string, readonly Manifest[], string]>([
    ['PERMISSIVE where nothing is said', [], 'PERMISSIVE'],
    ['the mesh’s', [mesh], 'STRICT by istio-system/mesh spec.mtls.mode'],
    ['the namespace’s before the mesh’s', [mesh, policy('shop/all', { mode: 'DISABLE' })], 'DISABLE by shop/all spec.mtls.mode'],
    [
      'the workload’s before the namespace’s',
      [mesh, policy('shop/all', { mode: 'DISABLE' }), policy('shop/cart', { mode: 'PERMISSIVE', selector: own })],
      'PERMISSIVE by shop/cart spec.mtls.mode',
    ],
    ['not another namespace’s', [policy('bank/all', { mode: 'STRICT' })], 'PERMISSIVE'],
    ['not another workload’s', [policy('shop/cart', { mode: 'STRICT', selector: { app: 'till' } })], 'PERMISSIVE'],
    [
      'the mesh’s where the namespace’s is UNSET',
      [mesh, policy('shop/all', { mode: 'UNSET' })],
      'STRICT by istio-system/mesh spec.mtls.mode',
    ],
    ['the mesh’s where the namespace’s says nothing', [mesh, policy('shop/all')], 'STRICT by istio-system/mesh spec.mtls.mode'],
    [
      'the namespace’s where the workload’s is UNSET',
      [policy('shop/all', { mode: 'STRICT' }), policy('shop/cart', { mode: 'UNSET', selector: own })],
      'STRICT by shop/all spec.mtls.mode',
    ],
    ['PERMISSIVE where the mesh’s is UNSET', [policy('istio-system/mesh', { mode: 'UNSET' })], 'PERMISSIVE'],
    [
      'an empty selector’s, which is the namespace’s',
      [policy('shop/all', { mode: 'STRICT', selector: {} })],
      'STRICT by shop/all spec.mtls.mode',
    ],
    ['never by a selector of the root namespace', [policy('istio-system/cart', { mode: 'STRICT', selector: own })], 'PERMISSIVE'],
    [
      'of the workload’s policy that all labels satisfy',
      [policy('shop/v2', { mode: 'STRICT', selector: { ...own, version: 'v2' } }), policy('shop/v1', { mode: 'DISABLE', selector: cart })],
      'DISABLE by shop/v1 spec.mtls.mode',
    ],
  ])('is %s (TLS-1, TLS-2, TLS-3)', (_title, objects, expected) => {
    expect(decided(objects)).toBe(expected)
  })

  it.each<[string, Manifest, string]>([
    ['its own port’s', { 8080: { mode: 'DISABLE' } }, 'DISABLE by shop/cart spec.portLevelMtls.8080.mode'],
    ['the workload’s where the port’s is UNSET', { 8080: { mode: 'UNSET' } }, 'STRICT by shop/cart spec.mtls.mode'],
    ['not another port’s', { 9090: { mode: 'DISABLE' } }, 'STRICT by shop/cart spec.mtls.mode'],
  ])('is %s, read from the workload’s policy (TLS-2)', (_title, ports, expected) => {
    expect(decided([policy('shop/cart', { mode: 'STRICT', selector: own, ports })])).toBe(expected)
  })

  it('is its port’s also where the workload’s policy says nothing of the rest (TLS-2)', () => {
    const objects = [policy('shop/all', { mode: 'STRICT' }), policy('shop/cart', { selector: own, ports: { 8080: { mode: 'DISABLE' } } })]
    expect(decided(objects)).toBe('DISABLE by shop/cart spec.portLevelMtls.8080.mode')
    expect(decided(objects, 'shop', 8081)).toBe('STRICT by shop/all spec.mtls.mode')
  })

  it.each(['shop/all', 'istio-system/mesh'])('is never that of a port in %s, which selects no workload (TLS-2)', (place) => {
    expect(decided([policy(place, { mode: 'STRICT', ports: { 8080: { mode: 'DISABLE' } } })])).toBe(`STRICT by ${place} spec.mtls.mode`)
  })

  it('is that of the oldest policy of a level alone, also where that one leaves it unset (TLS-1)', () => {
    const [first, second] = [policy('shop/z', { year: 2020 }), policy('shop/a', { mode: 'STRICT', year: 2021 })]
    expect(decided([second, first])).toBe('PERMISSIVE')
    const old = policy('shop/z', { mode: 'DISABLE', selector: { version: 'v1' }, year: 2020 })
    const young = policy('shop/a', { mode: 'STRICT', selector: own, ports: { 8080: { mode: 'STRICT' } }, year: 2021 })
    expect(decided([young, old])).toBe('DISABLE by shop/z spec.mtls.mode')
  })

  it('is that of the first by name among policies of one age (TLS-1)', () => {
    expect(decided([policy('shop/b', { mode: 'STRICT' }), policy('shop/a', { mode: 'DISABLE' })])).toBe('DISABLE by shop/a spec.mtls.mode')
  })

  it('is the mesh’s from whatever namespace the mesh calls its root (MODEL-1, TLS-1)', () => {
    const objects = [policy('bank/mesh', { mode: 'STRICT' }), policy('istio-system/mesh', { mode: 'DISABLE' })]
    expect(decided(objects, 'shop', 8080, { rootNamespace: 'bank' })).toBe('STRICT by bank/mesh spec.mtls.mode')
  })

  it('is for workloads of the root namespace the mesh’s, whatever a selector there says (TLS-1)', () => {
    const objects = [policy('istio-system/mesh', { mode: 'STRICT' }), policy('istio-system/cart', { mode: 'DISABLE', selector: own })]
    expect(decided(objects, 'istio-system')).toBe('STRICT by istio-system/mesh spec.mtls.mode')
  })
})

describe('what a client foresees of a whole namespace', () => {
  it('leaves out what workloads state for themselves (TLS-6)', () => {
    const view = viewOf([policy('shop/cart', { mode: 'STRICT', selector: own }), policy('istio-system/mesh', { mode: 'DISABLE' })])
    expect(namespaceMutualTlsMode(view, 'shop').mode).toBe('DISABLE')
  })

  it.each<[Manifest, boolean]>([
    [{ app: 'cart' }, false],
    [{ 'topology.istio.io/cluster': 'west' }, false],
    [{ 'topology.kubernetes.io/zone': 'a' }, true],
    [{ app: 'cart', 'kubernetes.io/hostname': 'node-1' }, true],
  ])('a policy that selects %j asks where an endpoint stands: %s (TLS-6, MODEL-34)', (selector, expected) => {
    expect(selectsByPlace(viewOf([policy('shop/cart', { mode: 'STRICT', selector })]))).toBe(expected)
  })
})
