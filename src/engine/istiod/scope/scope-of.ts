import { flatMap } from '../../flat-map.js'
import { pause, pausing } from '../../pause.js'
import type { Sidecar } from '../../resources/istio/sidecar.js'
import type { VirtualService } from '../../resources/istio/virtual-service.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import type { Workload } from '../../snapshot/workloads/workload.js'
import { ztunnelScope } from '../ambient/ztunnel-scope.js'
import { egressListeners, everything } from './egress-listeners.js'
import { type Consumer, importExplicitly, referTo } from './import-explicitly.js'
import { gatherService, type Import } from './gather-service.js'
import { domainSuffix, qualify } from '../matching/hosts.js'
import { boundGateways, gatewaysSelecting } from '../gateways/gateways-selecting.js'
import { importImplicitly, namedDestinations } from './import-implicitly.js'
import { lazyMap } from './lazy-map.js'
import { openServices } from './open-services.js'
import type { ImportedRoutes, ListenerRoutes, ProxyScope } from './proxy-scope.js'
import { selectSidecar } from './select-sidecar.js'
import { putOwnRoutesFirst, virtualServicesOf } from '../virtual-services/virtual-service-index.js'
import { explainHidden } from './explain-hidden.js'
import { remembered } from '../../remembered.js'

/**
 * What the client's proxy is given; undefined without a proxy that a known control plane configures.
 *
 * Shared by all proxies of one view, namespace and Sidecar, or, for gateways, of one namespace and set of Gateways: only
 * sidecars honour a Sidecar (VIS-13). Rules VIS-13 … VIS-27.
 */
export function scopeOf({
  view,
  workload,
}: {
  readonly view: ControlPlaneView | undefined
  readonly workload: Pick<Workload, 'dataPlane' | 'namespace' | 'labels'>
}): ProxyScope | undefined {
  if (view === undefined || workload.dataPlane === 'NONE') return undefined
  const { namespace, labels } = workload
  if (workload.dataPlane === 'AMBIENT') return ztunnelScope(view, namespace)
  if (workload.dataPlane === 'GATEWAY') {
    const names = gatewaysSelecting(view, workload).map(({ meta }) => `${meta.namespace}/${meta.name}`)
    return gatewayScope(view, namespace, names.join(' '))
  }
  const sidecar = selectSidecar(view, namespace, labels)
  return sidecarScope(view, namespace, sidecar)
}

/** `names`: the Gateways as `namespace/name`, with blanks in between. */
const gatewayScope = remembered((view: ControlPlaneView, namespace: string, names: string) =>
  buildScope({ view, namespace, gateway: true, sidecar: undefined, listeners: everything }, names),
)

const sidecarScope = remembered((view: ControlPlaneView, namespace: string, sidecar: Sidecar | undefined) => {
  const narrow = sidecar !== undefined && sidecar.egress.length > 0
  const listeners = narrow ? egressListeners(view, sidecar, namespace) : everything
  return buildScope({ view, namespace, gateway: false, sidecar, listeners }, 'mesh')
})

/** `bindings`: the Gateways, or `mesh`, with blanks in between. */
function buildScope(consumer: Consumer, bindings: string): ProxyScope {
  const { view, namespace, sidecar } = consumer
  const routes = routesByListener(consumer, bindings)
  function* importsOf(host: string): Generator<Import> {
    for (const one of routes) {
      for (const listened of importExplicitly(consumer, one.listener, host)) {
        const { record, ports } = listened
        yield { record, ports, because: referTo(consumer, listened), listened, uncut: sidecar === undefined }
      }
      const implicit = consumer.gateway
        ? undefined
        : importImplicitly(consumer, one.listener, host, namedDestinations(view, one.shared).get(host))
      if (implicit !== undefined) yield implicit
    }
  }
  const meshConfig = view.controlPlane.meshConfig
  const ownMode = sidecar?.outboundTrafficPolicy
  const services = lazyMap(
    // Only what is a record of the view is imported; most names that a call is tried under are none.
    (host) => (view.servicesByHost(host).length === 0 ? undefined : gatherService(importsOf(host))),
    () => view.services.map((service) => service.hostname),
    sidecar === undefined ? openServices(view) : undefined,
  )
  return {
    view,
    namespace,
    sidecar,
    outboundMode: ownMode ?? meshConfig.outboundMode,
    outboundBecause:
      sidecar !== undefined && ownMode !== undefined ? [view.ref(sidecar.meta, 'spec.outboundTrafficPolicy')] : meshConfig.because,
    services,
    ...ofAnyListener(routes),
    listeners: routes,
    whyHidden: (service) => explainHidden(consumer, services.get(service.hostname), service),
  }
}

/** For each listener the VirtualServices bound to the proxy that have a host in common with what it imports (VIS-25 … VIS-27). */
function routesByListener({ view, namespace, listeners }: Consumer, bindings: string): readonly ListenerRoutes[] {
  const suffix = domainSuffix(view)
  const { list, ownRoutesFirst } = virtualServicesOf(view).sharedOffers(namespace)
  const bound = boundTo(list, bindings)
  return listeners.map((listener) => {
    // Of routes of the Gateway API all that the host stands for has to be imported (GWAPI-63).
    const imported = bound.filter(({ hosts, meta, ofGatewayApi }) => {
      pause()
      const imports = ofGatewayApi === true ? listener.imports : listener.importsRoutesFor
      return hosts.some((host) => imports(meta.namespace, qualify(host, meta.namespace, suffix)))
    })
    const shared = imported.length === bound.length ? bound : imported
    return { listener, shared, virtualServices: ownRoutesFirst ? putOwnRoutesFirst(shared, namespace) : shared }
  })
}

/** Of a list that proxies share those that are bound to any of these make a list that they share. */
const boundTo = remembered((list: readonly VirtualService[], bindings: string): readonly VirtualService[] => {
  const places = new Set([...new Set(bindings.split(' '))].flatMap((name) => placesByGateway(list).get(name) ?? []))
  return places.size === list.length ? list : [...places].sort((a, b) => a - b).flatMap((place) => list[place] ?? [])
})

/** Places in a list by the Gateways, or `mesh`, that what stands there is bound to: a mesh may have as many gateways as routes. */
const placesByGateway = remembered((list: readonly VirtualService[]): ReadonlyMap<string, readonly number[]> => {
  const found = new Map<string, number[]>()
  for (const [place, { gateways, meta }] of pausing(list.entries())) {
    for (const gateway of new Set(boundGateways(gateways, meta.namespace))) {
      const known = found.get(gateway)
      if (known === undefined) found.set(gateway, [place])
      else known.push(place)
    }
  }
  return found
})

function ofAnyListener(routes: readonly ListenerRoutes[]): ImportedRoutes {
  const [only] = routes
  if (only !== undefined && routes.length === 1) return { virtualServices: only.virtualServices, shared: only.shared }
  const all = [...new Set(flatMap(routes, ({ virtualServices }) => virtualServices))]
  return { virtualServices: all, shared: all }
}
