import { assert, constantFrom, type Arbitrary, property, record, subarray, uniqueArray } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openServices } from '#engine/istiod/scope/open-services'
import { scopeOf } from '#engine/istiod/scope/scope-of'
import type { ScopedService } from '#engine/istiod/scope/proxy-scope'
import { clientOf, exportedTo, type Manifest, service, serviceEntry, sidecar, virtualService, west, world } from '../../analysis/calling.js'

const openHost = 'open.other.svc.cluster.local'
const shared = 'shared.example'
const http = [{ name: 'http', number: 80, protocol: 'HTTP' }]
const entry = (place: string, exportTo: readonly string[], port = 80): Manifest =>
  serviceEntry(place, {
    hosts: [shared],
    exportTo,
    location: 'MESH_EXTERNAL',
    resolution: 'DNS',
    ports: [{ name: `p${port}`, number: port, protocol: 'HTTP' }],
  })

const viewOf = (objects: readonly Manifest[], meshConfig?: Manifest) => {
  const { view } = clientOf(world({ clusters: { west: west(...objects) }, ...(meshConfig === undefined ? {} : { meshConfig }) }))
  if (view === undefined) throw new Error('the client has no control plane')
  return view
}
const openHosts = (objects: readonly Manifest[], meshConfig?: Manifest): readonly string[] =>
  [...openServices(viewOf(objects, meshConfig)).keys()].sort()

describe('a service that every proxy without a Sidecar is given alike', () => {
  it.each<[string, readonly Manifest[], Manifest, readonly string[]]>([
    ['is exported to everybody by default', [service('other/open')], {}, [openHost]],
    [
      'is exported to everybody in words, whatever else the list says (VIS-2)',
      [service('other/open', {}, exportedTo('shop, *'))],
      {},
      [openHost],
    ],
    ['is none that stays at home', [service('other/open', {}, exportedTo('.'))], {}, []],
    ['is none that is for one namespace', [service('other/open', {}, exportedTo('shop'))], {}, []],
    ['is none that is for nobody', [service('other/open', {}, exportedTo('~'))], {}, []],
    ['is none where the mesh keeps services at home (VIS-1)', [service('other/open')], { defaultServiceExportTo: ['.'] }, []],
    ['is no host of two namespaces (VIS-11)', [entry('shop/one', ['*']), entry('other/two', ['*'])], {}, []],
    [
      'is no host of two entries of one namespace, whose ports may be joined (VIS-10)',
      [entry('shop/one', ['*']), entry('shop/two', ['*'], 81)],
      {},
      [],
    ],
    ['is a host of one entry', [entry('shop/one', ['*'])], {}, [shared]],
  ])('%s', (_title, objects, meshConfig, expected) => expect(openHosts(objects, meshConfig)).toEqual(expected))
})

const exports: Arbitrary<readonly string[]> = constantFrom(['*'], ['.'], ['shop'], ['other'], ['~'])
const services = record({ list: exports, place: constantFrom('shop/cart', 'other/cart', 'shop/reviews', 'other/reviews') })
const entries = record({ list: exports, place: constantFrom('shop/a', 'shop/b', 'other/a', 'other/b'), port: constantFrom(80, 81) })
const routes = subarray([
  virtualService('shop/by', { hosts: ['cart.shop.svc.cluster.local'], http: [{ route: [{ destination: { host: shared } }] }] }),
  virtualService('other/by', {
    hosts: [shared],
    http: [{ route: [{ destination: { host: 'reviews.shop.svc.cluster.local', port: { number: 80 } } }] }],
  }),
])
const byPlace = { selector: ({ place }: { readonly place: string }) => place, maxLength: 4 }

/** What a proxy is given of a host, without the listener that it came by, which is another object under a Sidecar. */
const told = (scoped: ScopedService | undefined) =>
  scoped === undefined
    ? undefined
    : {
        of: `${scoped.service.namespace}/${scoped.service.registry}`,
        all: scoped.service.ports.map(({ number }) => number),
        ports: scoped.ports,
        imported: scoped.imported,
        listening: scoped.listening.map(({ record: { namespace }, ports }) => [namespace, ports]),
      }

describe('what all namespaces share of their scopes (VIS-2, VIS-21, VIS-22)', () => {
  it('is what each would work out for itself: a Sidecar that imports everything changes nothing', () => {
    assert(
      property(
        uniqueArray(services, byPlace),
        uniqueArray(entries, byPlace),
        routes,
        constantFrom('shop', 'other'),
        (some, more, by, home) => {
          const objects = [
            ...some.map(({ place, list }) => service(place, {}, exportedTo(list.join()))),
            ...more.map(({ place, list, port }) => entry(place, list, port)),
            ...by,
          ]
          const everything = sidecar(`${home}/everything`, { egress: [{ hosts: ['*/*'] }] })
          const scope = (list: readonly Manifest[]) =>
            scopeOf(clientOf(world({ clusters: { west: west(...list) } }), `west/${home}/client`))
          const [plain, under] = [scope(objects), scope([...objects, everything])]
          expect([...(plain?.services.keys() ?? [])].sort()).toEqual([...(under?.services.keys() ?? [])].sort())
          for (const host of plain?.services.keys() ?? [])
            expect(told(plain?.services.get(host)), host).toEqual(told(under?.services.get(host)))
        },
      ),
      { numRuns: 60 },
    )
  })

  it('is one object for all of them, and what one is given alone is its own', () => {
    const snapshot = world({
      clusters: {
        west: west(
          service('other/open'),
          service('shop/own', {}, exportedTo('.')),
          serviceEntry('shop/out', { hosts: ['out.example'], ports: http }),
        ),
      },
    })
    const of = (place: string, host: string) => scopeOf(clientOf(snapshot, place))?.services.get(host)
    expect(of('west/shop/client', openHost)).toBe(of('west/other/client', openHost))
    expect(of('west/shop/client', 'out.example')).toBe(of('west/other/client', 'out.example'))
    expect(of('west/shop/client', 'own.shop.svc.cluster.local')?.service.namespace).toBe('shop')
    expect(of('west/other/client', 'own.shop.svc.cluster.local')).toBeUndefined()
  })
})
