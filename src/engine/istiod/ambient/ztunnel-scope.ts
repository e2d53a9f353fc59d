/**
 * Which services does a ztunnel know?
 *
 * All of its control plane's config cluster, and `GLOBAL` ones of other clusters where ambient mode spans networks: neither exportTo nor a Sidecar hides any, and routes and rules are none of its business. Of several
 * records of one hostname the pod's own namespace's counts, else a Kubernetes Service, else the oldest ServiceEntry. An ExternalName is none of
 * them. Rules AMB-4, AMB-7, AMB-10, AMB-14, AMB-18, AMB-63, MCS-10.
 */
import { remembered } from '../../remembered.js'
import { isClustersetHost } from '../../snapshot/services/clusterset-names.js'
import type { VirtualService } from '../../resources/istio/virtual-service.js'
import type { MeshService } from '../../snapshot/services/mesh-service.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import { entryVisibility } from './entry-visibility.js'
import { serviceScope } from './service-scope.js'
import { spansNetworks } from './spans-networks.js'
import { anything } from '../scope/egress-listeners.js'
import { startUncut } from '../scope/gather-service.js'
import { wholeRecord } from '../scope/import-explicitly.js'
import { lazyMap } from '../scope/lazy-map.js'
import { openServices } from '../scope/open-services.js'
import type { ProxyScope, ScopedService } from '../scope/proxy-scope.js'

/** Is the record one that ztunnels are told of, whatever stands beside it? */
export function isToldToZtunnels(view: ControlPlaneView, service: MeshService): boolean {
  const { resolution, registry, definitions } = service
  if (resolution === 'ALIAS' || isOfClusterset(service)) return false
  const isHome = registry === 'SERVICE_ENTRY' || definitions.some(({ cluster }) => cluster === view.configCluster?.name)
  if (isHome || spansNetworks(view) === 'OFF') return isHome
  // Before a stage says that nobody knows, it has to be met.
  return spansNetworks(view) === 'UNKNOWN' || serviceScope(view, service).scope !== 'NONE' || serviceScope(view, service).open !== undefined
}

const none: readonly VirtualService[] = []

/** Ambient mode knows nothing of Multi-Cluster Services (MCS-10). */
const isOfClusterset = ({ registry, hostname }: MeshService): boolean => registry === 'KUBERNETES' && isClustersetHost(hostname)

/** Does MeshConfig let pods of the namespace see the ServiceEntry (AMB-18)? */
function isSeenFrom(view: ControlPlaneView, record: MeshService, namespace: string): boolean {
  const visibility = entryVisibility(view, record)
  return visibility === 'PUBLIC' || visibility === 'OPEN' || (visibility === 'NAMESPACE' && record.namespace === namespace)
}

/** The one record of several that a pod of the namespace means (AMB-7). */
export const recordFor = (records: readonly MeshService[], namespace: string): MeshService | undefined => {
  const rank = (record: MeshService): number => (record.namespace === namespace ? 0 : 2) + (record.registry === 'KUBERNETES' ? 0 : 1)
  return records.length < 2 ? records[0] : [...records].sort((a, b) => rank(a) - rank(b) || a.createdAt - b.createdAt)[0]
}

/** Services that pods of all namespaces know alike, as there is one record of the hostname: kept once, and with those that sidecars know alike where it is the same. */
const openToZtunnels = remembered(
  (view: ControlPlaneView): ReadonlyMap<string, ScopedService> =>
    lazyMap(
      (host) => {
        const [record, ...others] = view.servicesByHost(host).filter((one) => isToldToZtunnels(view, one))
        if (record === undefined || others.length > 0 || record.registry !== 'KUBERNETES') return undefined
        return openServices(view).get(host) ?? startUncut(wholeRecord(anything, record))
      },
      () => view.services.map(({ hostname }) => hostname),
    ),
)

/** What ztunnels give the pods of a namespace, in the form of a proxy's scope: everything, and without any route. */
export const ztunnelScope = remembered((view: ControlPlaneView, namespace: string): ProxyScope => {
  const told = (host: string): readonly MeshService[] =>
    view.servicesByHost(host).filter((record) => isToldToZtunnels(view, record) && isSeenFrom(view, record, namespace))
  const services = lazyMap(
    (host) => {
      const record = recordFor(told(host), namespace)
      return record === undefined ? undefined : startUncut(wholeRecord(anything, record))
    },
    () => view.services.map(({ hostname }) => hostname),
    openToZtunnels(view),
  )
  return {
    view,
    namespace,
    sidecar: undefined,
    outboundMode: 'ALLOW_ANY',
    outboundBecause: [],
    services,
    virtualServices: none,
    shared: none,
    listeners: [{ listener: anything, virtualServices: none, shared: none }],
    whyHidden: (service) => whyUnknown(view, service),
  }
})

function whyUnknown(view: ControlPlaneView, service: MeshService): ReturnType<ProxyScope['whyHidden']> {
  const { hostname, resolution, ref } = service
  const visibility = entryVisibility(view, service)
  if (visibility === 'NONE' || visibility === 'NAMESPACE') {
    const who = visibility === 'NONE' ? 'nobody' : `pods of namespace \`${service.namespace}\` alone`
    const message = `\`serviceEntryVisibility\` lets ${who} see \`${hostname}\``
    return { reason: 'UNKNOWN_TO_ZTUNNEL', message, because: [...view.controlPlane.meshConfig.because, ref] }
  }
  if (isToldToZtunnels(view, service)) {
    const message = `another record of \`${hostname}\` comes before that of namespace \`${service.namespace}\``
    return { reason: 'HOSTNAME_SHADOWED', message, because: [ref] }
  }
  const message =
    resolution === 'ALIAS'
      ? `\`${hostname}\` is an ExternalName, which ztunnel does not know: the application resolves what it stands for`
      : isOfClusterset(service)
        ? `\`${hostname}\` is a name of Multi-Cluster Services, of which ztunnel knows nothing`
        : spansNetworks(view) === 'ON'
          ? `\`${hostname}\` is a Service of other clusters that is not \`GLOBAL\` there, and ztunnel knows no others`
          : `\`${hostname}\` is a Service of other clusters than the one that control plane \`${view.controlPlane.name}\` is configured by, and ztunnel knows no others`
  return { reason: 'UNKNOWN_TO_ZTUNNEL', message, because: [ref] }
}
