import { describe, expect, it } from 'vitest'
import { type Binding, serviceBinding } from '#engine/istiod/ambient/binding'
import { namespace, service, world, type Manifest } from '../../analysis/calling.js'

const api = 'gateway.networking.k8s.io/v1'
const waypoint = (name: string, { from, labels = {}, className = 'istio-waypoint' }: Waypoint = {}): Manifest => {
  const [home = '', own = ''] = name.split('/')
  const allowed = from === undefined ? {} : { allowedRoutes: { namespaces: from } }
  return {
    apiVersion: api,
    kind: 'Gateway',
    metadata: { namespace: home, name: own, labels },
    spec: { gatewayClassName: className, listeners: [{ name: 'mesh', port: 15008, protocol: 'HBONE', ...allowed }] },
    status: { addresses: [{ type: 'Hostname', value: `${own}.${home}.svc.cluster.local` }] },
  }
}
interface Waypoint {
  readonly from?: Manifest
  readonly labels?: Manifest
  readonly className?: string
}

const waypointClass = (metadata: Manifest): Manifest => ({
  apiVersion: api,
  kind: 'GatewayClass',
  metadata: { name: 'istio-waypoint', ...metadata },
  spec: { controllerName: 'istio.io/mesh-controller' },
})

const lake = ({ labels = {}, annotations = {} }: { readonly labels?: Manifest; readonly annotations?: Manifest } = {}): Manifest => {
  const object = service('deep/lake')
  return { ...object, metadata: { namespace: 'deep', name: 'lake', labels, annotations } }
}

/** Of `lake.deep`, which names `way` of its own namespace unless told otherwise. */
function bindingOf(objects: readonly Manifest[], version = '1.31.0'): Binding {
  const snapshot = world({ clusters: { west: objects }, version })
  const view = snapshot.view('west')
  const [record] = view.servicesByHost('lake.deep.svc.cluster.local')
  if (record === undefined) throw new Error('there is no lake')
  return serviceBinding(view, record)
}

const shares = ({ bound }: Binding): readonly string[] =>
  bound.map(({ waypoint: { gateway }, share }) => `${gateway.meta.namespace}/${gateway.meta.name} ${share}`)

const uses = (name: string, more: Manifest = {}): Manifest => ({ 'istio.io/use-waypoint': name, ...more })
const away = { 'istio.io/use-waypoint-namespace': 'ways' }

describe('a waypoint', () => {
  it('for objects of namespaces with labels takes none of those without, and of those that nobody gives nothing is known (AMB-41, NP-10)', () => {
    const from = { from: 'Selector', selector: { matchLabels: { team: 'a' } } }
    const objects = [waypoint('ways/way', { from }), lake({ labels: uses('way', away) })]
    expect(shares(bindingOf([...objects, namespace('deep', { team: 'a' })]))).toEqual(['ways/way 1'])
    expect(bindingOf([...objects, namespace('deep', { team: 'b' })])).toMatchObject({ bound: [], open: undefined })
    const unknown = bindingOf(objects)
    expect(unknown).toMatchObject({ bound: [], unbound: undefined })
    expect(unknown.open).toContain('its Namespace object is not given')
  })

  it('by the name alone is known to take a namespace that nobody gives, or not (AMB-41, NP-10)', () => {
    const from = (name: string) => ({
      from: 'Selector',
      selector: { matchLabels: { 'kubernetes.io/metadata.name': name, ...(name === 'deep' ? {} : { team: 'a' }) } },
    })
    const binding = (name: string) => bindingOf([waypoint('ways/way', { from: from(name) }), lake({ labels: uses('way', away) })])
    expect(shares(binding('deep'))).toEqual(['ways/way 1'])
    expect(binding('calm').unbound).toContain('takes objects of its own namespace only')
  })

  it('is for what its class says, where it says nothing itself (AMB-41)', () => {
    const forWorkloads = waypointClass({ labels: { 'istio.io/waypoint-for': 'workload' } })
    const objects = [namespace('deep', uses('way')), lake()]
    expect(shares(bindingOf([...objects, waypoint('deep/way')]))).toEqual(['deep/way 1'])
    expect(shares(bindingOf([...objects, waypoint('deep/way'), forWorkloads]))).toEqual([])
    const own = waypoint('deep/way', { labels: { 'istio.io/waypoint-for': 'all' } })
    expect(shares(bindingOf([...objects, own, forWorkloads]))).toEqual(['deep/way 1'])
  })

  it('that an empty label names is none, and the namespace’s is not put in its place (AMB-40)', () => {
    const objects = [namespace('deep', uses('way')), waypoint('deep/way')]
    expect(shares(bindingOf([...objects, lake()]))).toEqual(['deep/way 1'])
    expect(shares(bindingOf([...objects, lake({ labels: uses('') })]))).toEqual([])
    expect(bindingOf([...objects, lake({ labels: uses('none') })])).toMatchObject({ bound: [], unbound: undefined, open: undefined })
  })

  it('may be named by a namespace that nobody gives, unless none would take the object (AMB-40, NP-10)', () => {
    expect(bindingOf([waypoint('deep/way'), lake()]).open).toContain('may name waypoint `deep/way`')
    expect(bindingOf([waypoint('ways/way'), lake()]).open).toBeUndefined()
    expect(bindingOf([waypoint('deep/way'), lake({ labels: uses('none') })]).open).toBeUndefined()
  })

  it('with an inbound binding takes what the listener of that port takes (AMB-57)', () => {
    const sandwich = (port: number): Manifest => ({
      ...waypoint('ways/way'),
      metadata: { namespace: 'ways', name: 'way', annotations: { 'ambient.istio.io/waypoint-inbound-binding': `PROXY/${port}` } },
      spec: {
        gatewayClassName: 'istio',
        listeners: [
          { name: 'mesh', port: 15008, protocol: 'HBONE' },
          { name: 'inner', port: 15088, protocol: 'istio.io/PROXY', allowedRoutes: { namespaces: { from: 'All' } } },
        ],
      },
    })
    const objects = [namespace('deep', {}), lake({ labels: uses('way', away) })]
    expect(shares(bindingOf([...objects, sandwich(15088)]))).toEqual(['ways/way 1'])
    expect(shares(bindingOf([...objects, sandwich(15089)]))).toEqual([])
  })
})

describe('a canary', () => {
  const ways = [waypoint('deep/way'), waypoint('deep/next')]
  const canary = 'istio.io/use-waypoint-canary'
  const weight = (value: string): Manifest => ({ 'istio.io/use-waypoint-canary-weight': value })
  const home = (labels: Manifest, annotations: Manifest = {}): Manifest => ({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: 'deep', labels, annotations },
  })

  it.each([
    ['0', ['deep/way 1']],
    ['25', ['deep/way 0.75', 'deep/next 0.25']],
    ['100', ['deep/next 1']],
    ['101', ['deep/way 1']],
    ['some', ['deep/way 1']],
  ])('with weight %s gets its part since 1.31 (AMB-46)', (text, expected) => {
    const object = lake({ labels: uses('way', { [canary]: 'next' }), annotations: weight(text) })
    expect(shares(bindingOf([...ways, object, home({})]))).toEqual(expected)
    expect(shares(bindingOf([...ways, object, home({})], '1.30.2'))).toEqual(['deep/way 1'])
  })

  it('of the namespace counts for objects that name no waypoint themselves, name and weight each for itself (AMB-46)', () => {
    const labelled = home(uses('way', { [canary]: 'next' }), weight('40'))
    expect(shares(bindingOf([...ways, labelled, lake()]))).toEqual(['deep/way 0.6', 'deep/next 0.4'])
    expect(shares(bindingOf([...ways, labelled, lake({ labels: uses('way') })]))).toEqual(['deep/way 1'])
    expect(shares(bindingOf([...ways, labelled, lake({ annotations: weight('10') })]))).toEqual(['deep/way 0.9', 'deep/next 0.1'])
    const third = waypoint('deep/third')
    expect(shares(bindingOf([...ways, third, labelled, lake({ labels: { [canary]: 'third' } })]))).toEqual([
      'deep/way 0.6',
      'deep/third 0.4',
    ])
  })

  it('that is not there, or is the primary itself, leaves all to the primary (AMB-46)', () => {
    const named = (name: string) => lake({ labels: uses('way', { [canary]: name }), annotations: weight('50') })
    for (const name of ['gone', 'way', 'none', ''])
      expect(shares(bindingOf([...ways, home({}), named(name)])), name).toEqual(['deep/way 1'])
  })
})
