import { describe, expect, it } from 'vitest'
import { gatewayListeners } from '#engine/istiod/gateways/gateway-listeners'
import { gatewayServersAt } from '#engine/istiod/gateways/gateway-servers'
import { boundGateways, gatewayName, gatewaysSelecting } from '#engine/istiod/gateways/gateways-selecting'
import { handsOn } from '#engine/snapshot/networks/hands-on'
import type { KubernetesGateway } from '#engine/resources/kubernetes/kubernetes-gateway'
import { cluster, gatewayProxy, istio, type Manifest, namespace, topology } from '../../combinations/asking.js'

const edgePorts = [
  { name: 'http', port: 80, targetPort: 8080 },
  { name: 'https', port: 443, targetPort: 8443 },
]
const kubernetesGateway = (place: string, spec: Manifest, metadata: Manifest = {}): Manifest => ({
  ...istio('Gateway', place, spec, metadata),
  apiVersion: 'gateway.networking.k8s.io/v1',
})
const server = (number: number, more: Manifest = {}): Manifest => ({
  port: { number, name: `p${number}`, protocol: 'HTTP' },
  hosts: ['*'],
  ...more,
})
const gateway = (place: string, servers: readonly Manifest[] = [server(80)], selector?: Manifest, metadata: Manifest = {}) =>
  istio('Gateway', place, { ...(selector === undefined ? {} : { selector }), servers }, metadata)

/** The pod of gateway `edge`, among these objects. */
function edge(
  objects: readonly Manifest[],
  more: { readonly flags?: Manifest; readonly ports?: readonly Manifest[]; readonly labels?: Manifest } = {},
) {
  const proxy = gatewayProxy('edge', more.ports ?? edgePorts, {}, more.labels)
  const resources = [namespace('istio-system'), ...proxy, ...objects]
  const planes = more.flags === undefined ? {} : { controlPlanes: [{ name: 'west', cluster: 'west', flags: more.flags }] }
  const snapshot = topology([cluster('west', resources)], planes)
  const home = snapshot.clusters.get('west')
  const workload = home?.workloads('istio-system')[0]
  if (home === undefined || workload === undefined) throw new Error('there is no gateway')
  return { view: snapshot.view('west'), home, workload }
}

const scoped = { PILOT_SCOPE_GATEWAY_TO_NAMESPACE: 'true' }

describe('the name of a gateway in a VirtualService', () => {
  it.each([
    ['mesh', 'mesh'],
    ['edge', 'shop/edge'],
    ['./edge', 'shop/edge'],
    ['bank/edge', 'bank/edge'],
    ['shop/mesh', 'shop/mesh'],
    ['edge.bank', 'bank/edge'],
    ['edge.bank.svc.cluster.local', 'bank/edge'],
  ])('%s is %s for one of namespace shop (ROUTE-11)', (written, full) => {
    expect(gatewayName(written, 'shop')).toBe(full)
  })

  it('left out means the mesh, and the mesh beside gateways stays beside them (VIS-27)', () => {
    expect(boundGateways([], 'shop')).toEqual(['mesh'])
    expect(boundGateways(['edge', 'mesh', 'bank/edge'], 'shop')).toEqual(['shop/edge', 'mesh', 'bank/edge'])
  })
})

describe('the Gateway objects of a gateway’s pod', () => {
  const names = (objects: readonly Manifest[], flags?: Manifest): readonly string[] => {
    const { view, workload } = edge(objects, flags === undefined ? {} : { flags })
    return gatewaysSelecting(view, workload).map(({ meta }) => `${meta.namespace}/${meta.name}`)
  }

  it.each<[string, Manifest | undefined, boolean]>([
    ['its labels', { istio: 'edge' }, true],
    ['a label that it lacks', { istio: 'edge', tier: 'front' }, false],
    ['another gateway', { istio: 'inner' }, false],
    ['nothing in particular', {}, true],
    ['nothing at all', undefined, true],
  ])('are those that select %s: %j → %s (ROUTE-12, NET-30)', (_title, selector, found) => {
    expect(names([gateway('shop/public', undefined, selector)])).toEqual(found ? ['shop/public'] : [])
  })

  it('are of any namespace, the oldest first, or of its own where istiod is told so (ROUTE-12)', () => {
    const at = (place: string, year: number) =>
      gateway(place, undefined, { istio: 'edge' }, { creationTimestamp: `${year}-01-01T00:00:00Z` })
    const objects = [at('shop/third', 2023), at('istio-system/second', 2022), at('bank/first', 2021)]
    expect(names(objects)).toEqual(['bank/first', 'istio-system/second', 'shop/third'])
    expect(names(objects, scoped)).toEqual(['istio-system/second'])
  })
})

describe('the servers at a port of a gateway’s pod', () => {
  const at = (port: number, objects: readonly Manifest[], more: Parameters<typeof edge>[1] = {}): readonly string[] => {
    const { view, home, workload } = edge(objects, more)
    return gatewayServersAt(view, home, workload, port).map((bound) => `${bound.gateway.meta.name} ${bound.position}`)
  }

  it('listen at the target port of the Service’s port, and not at the port itself (NET-30)', () => {
    const objects = [gateway('shop/public', [server(80), server(443)])]
    expect([80, 443, 8080, 8443].map((port) => at(port, objects))).toEqual([[], [], ['public 0'], ['public 1']])
  })

  it('listen at their own port where the Service has none of the number (NET-30)', () => {
    expect(at(9000, [gateway('shop/public', [server(9000)])])).toEqual(['public 0'])
  })

  it('meet at one port if they are led there from two (NET-30)', () => {
    expect(at(8080, [gateway('shop/public', [server(80), server(8080)])])).toEqual(['public 0', 'public 1'])
  })

  it('take a target port by name from the pod’s containers, their own port where no container has the name (NET-30)', () => {
    const ports = [{ name: 'http', port: 80, targetPort: 'web' }]
    expect(at(80, [gateway('shop/public')], { ports })).toEqual(['public 0'])
  })

  it('are only those of its own namespace where istiod is told so (NET-30)', () => {
    const objects = [gateway('shop/theirs'), gateway('istio-system/own')]
    expect(at(8080, objects, { flags: scoped })).toEqual(['own 0'])
    expect([...at(8080, objects)].sort()).toEqual(['own 0', 'theirs 0'])
  })
})

describe('what a listener of a gateway asks of its callers', () => {
  const modes = (port: number, objects: readonly Manifest[], labels: Manifest = {}) => {
    const { view, home, workload } = edge(objects, { labels })
    return gatewayListeners(view, home, workload, port).map(({ tlsMode, ref }) => [tlsMode, ref.path])
  }

  it.each(['SIMPLE', 'MUTUAL', 'PASSTHROUGH', 'AUTO_PASSTHROUGH', 'ISTIO_MUTUAL', 'OPTIONAL_MUTUAL'])(
    'is %s as its server says (TLS-13)',
    (mode) => {
      const tls = { tls: { mode, credentialName: 'edge' } }
      expect(modes(8443, [gateway('shop/public', [server(80), server(443, tls)])])).toEqual([[mode, 'spec.servers[1]']])
    },
  )

  it('is nothing without `tls` (TLS-13)', () => {
    expect(modes(8080, [gateway('shop/public')])).toEqual([[undefined, 'spec.servers[0]']])
  })

  it.each<[string, Manifest, string | undefined]>([
    ['HTTP', {}, undefined],
    ['HTTPS', {}, 'SIMPLE'],
    ['TLS', { tls: { mode: 'Passthrough' } }, 'PASSTHROUGH'],
    ['HTTPS', { tls: { mode: 'Terminate' } }, 'SIMPLE'],
    ['HTTPS', { tls: { options: { 'gateway.istio.io/tls-terminate-mode': 'MUTUAL' } } }, 'MUTUAL'],
    ['HTTPS', { tls: { options: { 'gateway.istio.io/tls-terminate-mode': 'ISTIO_MUTUAL' } } }, 'ISTIO_MUTUAL'],
    ['HTTPS', { tls: { options: { 'gateway.istio.io/tls-terminate-mode': 'whatever' } } }, 'SIMPLE'],
    ['TCP', {}, undefined],
  ])('of the Gateway API: protocol %s, %j → %s (TLS-13)', (protocol, more, mode) => {
    const object = (name: string, port: number) =>
      kubernetesGateway(`istio-system/${name}`, { gatewayClassName: 'istio', listeners: [{ name: 'one', port, protocol, ...more }] })
    const labels = { 'gateway.networking.k8s.io/gateway-name': 'front' }
    expect(modes(8443, [object('front', 8443), object('other', 8443)], labels)).toEqual([[mode, 'spec.listeners[0]']])
    expect(modes(8444, [object('front', 8443)], labels)).toEqual([])
  })
})

describe('a listener of the Gateway API hands mutual TLS on', () => {
  const tls = (options: Readonly<Record<string, string>> = {}) => ({ tls: { mode: 'Passthrough', options } })
  const option = { 'gateway.istio.io/listener-protocol': 'auto-passthrough' }
  const network = { 'topology.istio.io/network': 'n1' }
  it.each<[string, Manifest, Manifest, boolean]>([
    ['by its option, at whatever port', {}, { port: 443, ...tls(option) }, true],
    ['not by an option of another value', {}, { port: 443, ...tls({ 'gateway.istio.io/listener-protocol': 'tls' }) }, false],
    ['at 15443 of a network’s gateway', network, { port: 15443, ...tls() }, true],
    ['not at 15443 of another gateway', {}, { port: 15443, ...tls() }, false],
    ['at the port that a network’s gateway names', { ...network, 'networking.istio.io/gatewayPort': '443' }, { port: 443, ...tls() }, true],
    ['no longer at 15443 then', { ...network, 'networking.istio.io/gatewayPort': '443' }, { port: 15443, ...tls() }, false],
    ['never without a `tls` block', network, { port: 15443 }, false],
  ])('%s (NET-6d, NET-30)', (_title, labels, listener, expected) => {
    const { view } = edge([
      kubernetesGateway(
        'istio-system/front',
        { gatewayClassName: 'istio', listeners: [{ name: 'one', protocol: 'TLS', ...listener }] },
        { labels },
      ),
    ])
    const [found] = view.configCluster?.resources.kubernetesGateways.get('istio-system') ?? []
    const one: KubernetesGateway['listeners'][number] | undefined = found?.listeners[0]
    expect(found && one && handsOn(found.meta, one)).toBe(expected)
  })
})
