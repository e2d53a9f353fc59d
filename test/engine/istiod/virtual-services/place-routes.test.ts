import { describe, expect, it } from 'vitest'
import { placeRoutes } from '#engine/istiod/virtual-services/place-routes'
import { virtualServicesOf } from '#engine/istiod/virtual-services/virtual-service-index'
import { clientOf, type Manifest, virtualService, west, world } from '../../analysis/calling.js'

const viewOf = (...objects: readonly Manifest[]) => {
  const { view } = clientOf(world({ clusters: { west: west(...objects) } }))
  if (view === undefined) throw new Error('the client has no control plane')
  return view
}
const destination = (host: string): Manifest => ({ route: [{ destination: { host: `${host}.shop.svc.cluster.local` } }] })
const delegate = { name: 'leaf', namespace: 'other' }
const root = (...http: readonly Manifest[]) => virtualService('shop/root', { hosts: ['reviews'], http })
const leaf = (http: readonly Manifest[], more: Manifest = {}) => virtualService('other/leaf', { http, ...more })

/** The routes of `shop/root` as `namespace/name path`, the delegates put in. */
const placed = (...objects: readonly Manifest[]) => {
  const view = viewOf(...objects)
  const [found] = view.configuration.virtualServices.get('shop')?.filter(({ meta }) => meta.name === 'root') ?? []
  if (found === undefined) throw new Error('there is no root')
  return virtualServicesOf(view).routesOf(found)
}
const places = (...objects: readonly Manifest[]): readonly string[] =>
  placed(...objects).map(({ owner, path }) => `${owner.namespace}/${owner.name} ${path}`)

/** How many matches the delegate's route has, with these of the root and these of its own; undefined: the route is dropped. */
const matchesLeft = (outer: readonly Manifest[], inner: readonly Manifest[]): number | undefined =>
  placed(root({ match: outer, delegate }), leaf([{ match: inner, ...destination('a') }]))[0]?.route.match.length

const uri = (kind: 'exact' | 'prefix' | 'regex', text: string): Manifest => ({ uri: { [kind]: text } })
const header = (name: string, exact: string): Manifest => ({ headers: { [name]: { exact } } })

describe('the place of a delegate’s routes', () => {
  it('is the root’s: before what follows there, each with the object and the path that it was written at (VIS-29)', () => {
    const objects = [
      root(destination('first'), { delegate }, destination('last')),
      leaf([{ match: [uri('prefix', '/a')], ...destination('a') }, destination('b')]),
    ]
    expect(places(...objects)).toEqual([
      'shop/root spec.http[0]',
      'other/leaf spec.http[0]',
      'other/leaf spec.http[1]',
      'shop/root spec.http[2]',
    ])
  })

  it('is empty where the delegate delegates in turn: one level and no more (VIS-29)', () => {
    const deeper = virtualService('other/deeper', { http: [destination('c')] })
    const objects = [root({ delegate }, destination('last')), leaf([{ delegate: { name: 'deeper' } }]), deeper]
    expect(places(...objects)).toEqual(['shop/root spec.http[1]'])
  })

  it('is empty where the one that is named has hosts of its own, which makes it no delegate (VIS-29)', () => {
    expect(places(root({ delegate }), leaf([destination('a')], { hosts: ['ratings'] }))).toEqual([])
  })

  it.each<[string, readonly string[], number]>([
    ['to everybody', ['*'], 1],
    ['to the root’s namespace by name', ['shop'], 1],
    ['without a word about it', [], 1],
    ['to its own namespace', ['.'], 0],
    ['to a third', ['third'], 0],
  ])('is filled by a delegate that is exported %s: %s, %i route (VIS-25, VIS-29)', (_title, exportTo, count) => {
    expect(places(root({ delegate }), leaf([destination('a')], { exportTo }))).toHaveLength(count)
  })

  it('is looked for in the root’s namespace unless another is named (VIS-29)', () => {
    const own = virtualService('shop/leaf', { http: [destination('own')] })
    expect(places(root({ delegate: { name: 'leaf' } }), own, leaf([destination('a')]))).toEqual(['shop/leaf spec.http[0]'])
  })
})

describe('the matches of a root and of its delegate', () => {
  it.each<[string, Manifest, Manifest, boolean]>([
    ['an equal path', uri('exact', '/a'), uri('exact', '/a'), true],
    ['another path', uri('exact', '/a'), uri('exact', '/b'), false],
    ['a prefix under a path', uri('exact', '/a'), uri('prefix', '/a'), false],
    ['a longer prefix', uri('prefix', '/a'), uri('prefix', '/a/b'), true],
    ['a shorter prefix', uri('prefix', '/a/b'), uri('prefix', '/a'), false],
    ['a path under the prefix', uri('prefix', '/a'), uri('exact', '/a/x'), true],
    ['a path beside the prefix', uri('prefix', '/a'), uri('exact', '/b'), false],
    ['an expression under a prefix', uri('prefix', '/a'), uri('regex', '/a.*'), false],
    ['the same expression', uri('regex', '/a.*'), uri('regex', '/a.*'), false],
    ['a prefix under an expression', uri('regex', '/a.*'), uri('prefix', '/a'), false],
    ['another attribute', uri('prefix', '/a'), { method: { exact: 'GET' } }, true],
    ['another header', header('x', '1'), header('y', '2'), true],
    ['another value of the header', header('x', '1'), header('x', '2'), false],
    ['another value of the parameter', { queryParams: { q: { exact: '1' } } }, { queryParams: { q: { exact: '2' } } }, false],
    ['another absent header’s value', { withoutHeaders: { x: { exact: '1' } } }, { withoutHeaders: { x: { exact: '2' } } }, false],
    ['the same port', { port: 80 }, { port: 80 }, true],
    ['another port', { port: 80 }, { port: 81 }, false],
    ['a port where the root has none', uri('prefix', '/a'), { port: 81 }, true],
    ['another value of the caller’s label', { sourceLabels: { app: 'a' } }, { sourceLabels: { app: 'b' } }, false],
    ['another label of the caller', { sourceLabels: { app: 'a' } }, { sourceLabels: { version: 'v1' } }, true],
    ['the root’s namespace of the caller', { sourceNamespace: 'shop' }, { sourceNamespace: 'shop' }, true],
    ['another namespace of the caller', { sourceNamespace: 'shop' }, { sourceNamespace: 'bank' }, false],
    ['no namespace, where the root has one', { sourceNamespace: 'shop' }, uri('prefix', '/a'), false],
    ['a namespace, where the root has none', uri('prefix', '/a'), { sourceNamespace: 'shop' }, true],
    ['a path in whatever case, where the root is strict', uri('prefix', '/a'), { ...uri('prefix', '/a'), ignoreUriCase: true }, false],
    ['a strict path, where the root is not', { ...uri('prefix', '/a'), ignoreUriCase: true }, uri('prefix', '/a'), false],
    ['one of the root’s gateways', { gateways: ['mesh', 'edge'] }, { gateways: ['mesh'] }, true],
    ['a gateway that the root is not for', { gateways: ['mesh'] }, { gateways: ['mesh', 'shop/edge'] }, false],
    ['the root’s gateway by its full name', { gateways: ['edge'] }, { gateways: ['shop/edge'] }, true],
    ['a gateway of its own namespace with the same name', { gateways: ['edge'] }, { gateways: ['edge'] }, false],
  ])('go together with %s: %j, %j → %s (VIS-29)', (_title, outer, inner, together) => {
    expect(matchesLeft([outer], [inner])).toBe(together ? 1 : undefined)
  })

  it('are combined, each of the delegate’s with each of the root’s that takes it in (VIS-29)', () => {
    expect(matchesLeft([uri('prefix', '/a'), header('x', '1')], [uri('prefix', '/a/b'), { method: { exact: 'GET' } }])).toBe(4)
    expect(matchesLeft([uri('prefix', '/a'), uri('prefix', '/b')], [uri('prefix', '/a/x'), uri('prefix', '/b/x')])).toBe(2)
  })

  it('drop the whole route if one of the delegate’s is within none of the root’s (VIS-29)', () => {
    expect(matchesLeft([uri('prefix', '/a')], [uri('prefix', '/a/b'), uri('prefix', '/c')])).toBeUndefined()
  })

  it('are the only ones there are, where the other side has none (VIS-29)', () => {
    expect(matchesLeft([], [uri('prefix', '/a')])).toBe(1)
    expect(matchesLeft([uri('prefix', '/a'), uri('prefix', '/b')], [])).toBe(2)
    expect(matchesLeft([], [])).toBe(0)
  })

  it('hold at once: the delegate’s own word for an attribute stands, the root’s are added (VIS-29)', () => {
    const [found] = placed(
      root({ match: [{ ...uri('prefix', '/a'), ...header('x', '1'), port: 80, gateways: ['edge'] }], delegate }),
      leaf([{ match: [{ ...uri('exact', '/a/b'), ...header('y', '2') }], ...destination('a') }]),
    )
    expect(found?.route.match).toMatchObject([
      { uri: { exact: '/a/b' }, headers: { x: { exact: '1' }, y: { exact: '2' } }, port: 80, gateways: ['shop/edge'] },
    ])
  })
})

describe('what a delegate’s route takes from the root’s', () => {
  it('is a rewrite and a fault that it does not state itself (VIS-29)', () => {
    const outer = { delegate, rewrite: { uri: '/root' }, fault: { abort: { httpStatus: 503, percentage: { value: 40 } } } }
    const [bare] = placed(root(outer), leaf([destination('a')]))
    expect(bare?.route).toMatchObject({ rewrite: { uri: '/root' }, abortPercent: 40 })
    const inner = { rewrite: { uri: '/leaf' }, fault: { abort: { httpStatus: 503, percentage: { value: 10 } } } }
    const [own] = placed(root(outer), leaf([{ ...destination('a'), ...inner }]))
    expect(own?.route).toMatchObject({ rewrite: { uri: '/leaf' }, abortPercent: 10 })
  })

  it('is nothing where there is no delegate: the route stands as it was written', () => {
    const view = viewOf(root(destination('a')))
    const [found] = view.configuration.virtualServices.get('shop') ?? []
    expect(found && placeRoutes(found, () => undefined)).toEqual([{ route: found?.http[0], owner: found?.meta, path: 'spec.http[0]' }])
  })
})

describe('the VirtualServices that a namespace is offered', () => {
  const item = (name: string, year: number, exportTo: readonly string[], hosts: readonly string[] = ['reviews']) =>
    virtualService(name, { hosts, exportTo, http: [] }, { creationTimestamp: `${year}-01-01T00:00:00Z` })

  it('are its private ones, then those exported to it by name, then public ones, by age in each (VIS-25)', () => {
    const view = viewOf(
      item('third/public-old', 2019, ['*']),
      item('shop/public-young', 2024, []),
      item('third/named-young', 2023, ['shop']),
      item('other/named-old', 2022, ['shop', 'bank']),
      item('shop/own-young', 2021, ['.']),
      item('shop/own-old', 2020, ['shop']),
    )
    const names = (namespace: string) =>
      virtualServicesOf(view)
        .offeredTo(namespace)
        .map(({ meta }) => meta.name)
    expect(names('shop')).toEqual(['own-old', 'own-young', 'named-old', 'named-young', 'public-old', 'public-young'])
    expect(names('bank')).toEqual(['named-old', 'public-old', 'public-young'])
    expect(names('elsewhere')).toEqual(['public-old', 'public-young'])
  })

  it('are never delegates, which have no hosts (VIS-29)', () => {
    expect(virtualServicesOf(viewOf(item('shop/leaf', 2020, ['*'], []))).offeredTo('shop')).toEqual([])
  })
})
