import type { Sidecar } from '../../resources/istio/sidecar.js'
import type { VirtualService } from '../../resources/istio/virtual-service.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import type { Workload } from '../../snapshot/workloads/workload.js'
import { egressListeners, everything } from './egress-listeners.js'
import { type Consumer, importExplicitly } from './explicit-imports.js'
import { boundGateways, gatewaysSelecting } from '../gateways/gateway-binding.js'
import { importImplicitly, namedDestinations } from './implicit-imports.js'
import { lazyMap } from './lazy-map.js'
import type { ProxyScope, ScopedService } from './proxy-scope.js'
import { selectSidecar } from './select-sidecar.js'
import { virtualServicesOf } from '../virtual-services/virtual-service-index.js'
import { explainHidden } from './why-hidden.js'
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
  readonly workload: Workload
}): ProxyScope | undefined {
  if (view === undefined || workload.dataPlane === 'NONE') return undefined
  const { namespace, labels } = workload
  if (workload.dataPlane === 'GATEWAY') {
    const names = gatewaysSelecting(view, workload).map(({ meta }) => `${meta.namespace}/${meta.name}`)
    return gatewayScope(view, namespace, names.join(' '))
  }
  const sidecar = workload.dataPlane === 'AMBIENT' ? undefined : selectSidecar(view, namespace, labels)
  return sidecarScope(view, namespace, sidecar)
}

/** `names`: the Gateways as `namespace/name`, with blanks in between. */
const gatewayScope = remembered((view: ControlPlaneView, namespace: string, names: string) =>
  buildScope({ view, namespace, gateway: true, sidecar: undefined, listeners: everything }, names.split(' ')),
)

const sidecarScope = remembered((view: ControlPlaneView, namespace: string, sidecar: Sidecar | undefined) => {
  const narrow = sidecar !== undefined && sidecar.egress.length > 0
  const listeners = narrow ? egressListeners(view, sidecar, namespace) : everything
  return buildScope({ view, namespace, gateway: false, sidecar, listeners }, ['mesh'])
})

function buildScope(consumer: Consumer, bindings: readonly string[]): ProxyScope {
  const { view, namespace, sidecar } = consumer
  const bound = selectRoutes(consumer, bindings)
  let named: ReturnType<typeof namedDestinations> | undefined
  const implicit = (host: string): ScopedService | undefined => {
    named ??= namedDestinations(view, bound, namespace)
    return importImplicitly(view, host, named.get(host), namespace)
  }
  const find = (host: string): ScopedService | undefined => {
    const explicit = importExplicitly(consumer, host)
    if (explicit?.service.registry === 'KUBERNETES') return explicit
    const other = consumer.gateway ? undefined : implicit(host)
    return explicit === undefined || other?.service.registry === 'KUBERNETES' ? (other ?? explicit) : explicit
  }
  const meshConfig = view.controlPlane.meshConfig
  const ownMode = sidecar?.outboundTrafficPolicy
  const services = lazyMap(find, () => view.services.map((service) => service.hostname))
  return {
    view,
    namespace,
    sidecar,
    outboundMode: ownMode ?? meshConfig.outboundMode,
    outboundBecause:
      sidecar !== undefined && ownMode !== undefined ? [view.ref(sidecar.meta, 'spec.outboundTrafficPolicy')] : meshConfig.because,
    services,
    virtualServices: bound,
    whyHidden: (service) => explainHidden(consumer, services.get(service.hostname), service),
  }
}

/** VirtualServices bound to the proxy and, under a Sidecar, with a host in common with what it imports (VIS-25 … VIS-27). */
function selectRoutes({ view, namespace, listeners }: Consumer, bindings: readonly string[]): readonly VirtualService[] {
  const candidates = virtualServicesOf(view).offeredTo(namespace)
  const isBound = (item: VirtualService): boolean =>
    boundGateways(item.gateways, item.meta.namespace).some((gateway) => bindings.includes(gateway))
  const isImported = (item: VirtualService): boolean =>
    listeners.some((listener) => item.hosts.some((host) => listener.importsRoutesFor(item.meta.namespace, host)))
  const chosen = candidates.filter((item) => isBound(item) && isImported(item))
  return chosen.length === candidates.length ? candidates : chosen
}
