import { describe, expect, it } from 'vitest'
import { lazyMap } from '#engine/istiod/scope/lazy-map'
import { egressListeners, everything } from '#engine/istiod/scope/egress-listeners'
import { selectSidecar } from '#engine/istiod/scope/select-sidecar'
import { clientOf, type Manifest, namespace, sidecar, west, world } from '../../analysis/calling.js'

const viewOf = (objects: readonly Manifest[], version?: string) => {
  const { view } = clientOf(
    world({ clusters: { west: west(namespace('istio-system'), ...objects) }, ...(version === undefined ? {} : { version }) }),
  )
  if (view === undefined) throw new Error('the client has no control plane')
  return view
}
/** The listeners of `place`'s Sidecar as namespace shop reads them. */
const listeners = (egress: readonly Manifest[], { place = 'shop/default', version = '1.31.0' } = {}) => {
  const view = viewOf([sidecar(place, { egress })], version)
  const found = view.configuration.sidecars.get(place.split('/')[0] ?? '')?.[0]
  if (found === undefined) throw new Error('there is no Sidecar')
  return egressListeners(view, found, 'shop')
}
const reviews = 'reviews.other.svc.cluster.local'
const imports = (hosts: readonly string[], home = 'other', host = reviews, version?: string): boolean | undefined =>
  listeners([{ hosts }], version === undefined ? {} : { version })[0]?.imports(home, host)

describe('an entry of a Sidecar’s egress list imports', () => {
  it.each<[readonly string[], string, string, boolean]>([
    [['other/*'], 'other', reviews, true],
    [['*/*'], 'other', reviews, true],
    [[`other/${reviews}`], 'other', reviews, true],
    [[`*/${reviews}`], 'other', reviews, true],
    [['*/*.other.svc.cluster.local'], 'other', reviews, true],
    [['other/*.local'], 'other', reviews, true],
    [['OTHER/*'], 'other', reviews, false],
    [['other/REVIEWS.other.svc.cluster.local'], 'other', reviews, true],
    [['shop/*'], 'other', reviews, false],
    [['./*'], 'other', reviews, false],
    [['./*'], 'shop', 'cart.shop.svc.cluster.local', true],
    [['other/reviews'], 'other', reviews, false],
    [['*/*.third.svc.cluster.local'], 'other', reviews, false],
    [['*'], 'other', reviews, false],
    [[reviews], 'other', reviews, false],
    [['other/*/x'], 'other', reviews, false],
    [['~/*'], 'other', reviews, false],
    [['third/*', 'other/*'], 'other', reviews, true],
    [['other/*.example.com'], 'other', '*.example.com', true],
    [['other/*.com'], 'other', '*.example.com', true],
    [['other/*.api.example.com'], 'other', '*.example.com', false],
    [['other/a.example.com'], 'other', '*.example.com', false],
    [['other/*.example.com'], 'other', 'example.com', false],
  ])('%j: of namespace %s, %s → %s (VIS-17, VIS-18)', (hosts, home, host, expected) => {
    expect(imports(hosts, home, host)).toBe(expected)
  })

  it.each<[readonly string[], string, boolean]>([
    [['*/*', `~other/${reviews}`], '1.31.0', false],
    [['*/*', `~/${reviews}`], '1.31.0', false],
    [['*/*', '~other/*'], '1.31.0', false],
    [['*/*', '~third/*'], '1.31.0', true],
    [['other/*', '~/*'], '1.31.0', false],
    [['other/*', '~/*'], '1.30.0', true],
    [['*/*', '~./*'], '1.31.0', true],
  ])('what no other takes out again: %j in %s → %s (VIS-17)', (hosts, version, expected) => {
    expect(imports(hosts, 'other', reviews, version)).toBe(expected)
  })

  it('what `.` means to the reader: in the root namespace’s Sidecar too, the consumer’s own namespace (VIS-15)', () => {
    const [listener] = listeners([{ hosts: ['./*'] }], { place: 'istio-system/default' })
    expect([listener?.imports('shop', 'a'), listener?.imports('istio-system', 'a')]).toEqual([true, false])
  })

  it.each<[readonly string[], string, boolean]>([
    [['other/a.example.com'], '*.example.com', true],
    [['other/*.example.com'], 'a.example.com', true],
    [['other/*.example.com'], '*.com', true],
    [['other/a.example.com'], 'b.example.com', false],
    [['third/a.example.com'], '*.example.com', false],
    [['*/a.example.com'], '*.example.com', true],
    [['*/*', '~other/a.example.com'], 'a.example.com', false],
  ])('the routes of names in common, either way around: %j, VirtualService host %s → %s (VIS-26, VIS-44)', (hosts, host, expected) => {
    expect(listeners([{ hosts }])[0]?.importsRoutesFor('other', host)).toBe(expected)
  })
})

describe('a listener of a Sidecar', () => {
  const withPort = (protocol: string, number = 8080): Manifest => ({ port: { number, protocol, name: 'p' }, hosts: ['*/*'] })
  it.each<[string, Manifest, number | undefined, number | undefined]>([
    ['lets everything through without a port', { hosts: ['*/*'] }, undefined, undefined],
    ['lets one port through', withPort('HTTP'), 8080, 8080],
    ['that is an HTTP proxy lets every port through', withPort('HTTP_PROXY'), undefined, 8080],
  ])('%s (VIS-20, VIS-42)', (_title, egress, port, routedPort) => {
    expect(listeners([egress])[0]).toMatchObject({ port, routedPort, path: 'spec.egress[0]' })
  })

  it.each<[readonly string[], string, boolean]>([
    [[`other/${reviews}`], '1.31.0', true],
    [[`*/${reviews}`], '1.31.0', false],
    [['other/*'], '1.31.0', false],
    [[`other/${reviews}`, `~other/${reviews}`], '1.31.0', false],
  ])('goes by age alone where all its entries are exact: %j in %s → %s (VIS-43)', (hosts, version, expected) => {
    expect(listeners([{ hosts }], { version })[0]?.exact).toBe(expected)
  })

  it('of nobody’s making imports whatever is exported (VIS-14, VIS-16)', () => {
    const [listener] = everything
    expect([everything.length, listener?.imports('x', 'y'), listener?.excludes('x', 'y'), listener?.importsRoutesFor('x', 'y')]).toEqual([
      1,
      true,
      false,
      true,
    ])
  })
})

describe('the Sidecar of a workload', () => {
  const at = (place: string, year: number, app?: string) =>
    sidecar(
      place,
      { egress: [{ hosts: ['./*'] }], ...(app === undefined ? {} : { workloadSelector: { labels: { app } } }) },
      { creationTimestamp: `${year}-01-01T00:00:00Z` },
    )
  const chosen = (objects: readonly Manifest[], home = 'shop'): string | undefined => {
    const found = selectSidecar(viewOf(objects), home, { app: 'client', version: 'v1' })
    return found && `${found.meta.namespace}/${found.meta.name}`
  }

  it.each<[string, readonly Manifest[], string | undefined]>([
    ['the oldest that selects it', [at('shop/b', 2021, 'client'), at('shop/a', 2022, 'client')], 'shop/b'],
    ['one that selects it before an older one for all', [at('shop/all', 2020), at('shop/mine', 2024, 'client')], 'shop/mine'],
    ['the oldest for all, if none selects it', [at('shop/a', 2022), at('shop/b', 2021), at('shop/c', 2020, 'cart')], 'shop/b'],
    [
      'the root namespace’s for all, if its own match none',
      [at('shop/c', 2020, 'cart'), at('istio-system/root', 2024)],
      'istio-system/root',
    ],
    ['its own for all before the root namespace’s', [at('shop/all', 2024), at('istio-system/root', 2020)], 'shop/all'],
    ['none of the root namespace’s that select', [at('istio-system/root', 2020, 'client')], undefined],
    ['none of another namespace', [at('other/all', 2020)], undefined],
    ['none where there is none', [], undefined],
  ])('is %s (VIS-14)', (_title, objects, expected) => {
    expect(chosen(objects)).toBe(expected)
  })

  it('of the root namespace may be one there that selects it (VIS-14)', () => {
    expect(chosen([at('istio-system/all', 2020), at('istio-system/mine', 2024, 'client')], 'istio-system')).toBe('istio-system/mine')
  })
})

describe('a map that is computed as it is asked', () => {
  it('computes each value once, and only those that are asked for', () => {
    const asked: string[] = []
    const compute = (key: string): number | undefined => {
      asked.push(key)
      return key === 'none' ? undefined : key.length
    }
    const map = lazyMap(compute, () => ['a', 'bb', 'none', 'a'])
    expect([map.get('bb'), map.get('bb'), map.has('none')]).toEqual([2, 2, false])
    expect(asked).toEqual(['bb', 'none'])
    expect([...map]).toEqual([
      ['a', 1],
      ['bb', 2],
    ])
    expect([map.size, [...map.keys()], [...map.values()]]).toEqual([2, ['a', 'bb'], [1, 2]])
    expect(asked).toEqual(['bb', 'none', 'a', 'none'])
  })
})
