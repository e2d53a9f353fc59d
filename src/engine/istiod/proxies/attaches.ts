import type { ScopedPolicy } from '../../resources/istio/scoped-policy.js'
import { readsFilterTargets } from '../../snapshot/releases.js'
import { selectorMatches } from '../../snapshot/selector-index.js'
import type { MeshService } from '../../snapshot/services/mesh-service.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import type { Workload } from '../../snapshot/workloads/workload.js'

type Labelled = Pick<Workload, 'labels'>
type Target = ScopedPolicy['targetRefs'][number]

const gatewayGroup = 'gateway.networking.k8s.io'

/** The proxy that a control plane runs for a Gateway of ambient mode's class. */
export const isWaypoint = ({ labels }: Labelled): boolean => labels['gateway.istio.io/managed'] === 'istio.io-mesh-controller'

/**
 * Is an object of the proxy's namespace or the root's for this very proxy?
 *
 * One without references by its labels, and never for a waypoint; one with references for the pods of the Kubernetes Gateway of its namespace
 * that it names, or, from the root namespace, for all waypoints by their class, and never for a proxy of anything else. Rules EXT-1, AUTHZ-4.
 */
export function attaches(view: ControlPlaneView, { meta, selector, targetRefs }: ScopedPolicy, proxy: Workload): boolean {
  if (targetRefs.length === 0) return !isWaypoint(proxy) && selectorMatches(selector ?? {}, proxy.labels)
  const gateway = proxy.labels[`${gatewayGroup}/gateway-name`]
  if (gateway === undefined) return false
  const root = view.controlPlane.meshConfig.rootNamespace
  return targetRefs.some((target) => {
    if (isOfClass(target)) return meta.namespace === root && isWaypoint(proxy)
    return meta.namespace === proxy.namespace && isGateway(target) && target.name === gateway
  })
}

const isGateway = ({ group, kind }: Target): boolean => group === gatewayGroup && kind === 'Gateway'

const isOfClass = ({ group, kind, name }: Target): boolean => group === gatewayGroup && kind === 'GatewayClass' && name === 'istio-waypoint'

/** Is it for calls of this service at its waypoint: by its name, as a Service or as the ServiceEntry that makes it (EXT-9)? */
export const attachesToService = ({ meta, targetRefs }: ScopedPolicy, { namespace, definitions, entry }: MeshService): boolean =>
  meta.namespace === namespace &&
  targetRefs.some(({ group, kind, name }) =>
    kind === 'Service'
      ? (group === '' || group === 'core') && definitions[0]?.service.meta.name === name
      : kind === 'ServiceEntry' && group === 'networking.istio.io' && entry?.meta.name === name,
  )

/** Before 1.27 references of EnvoyFilters were not looked at, so that those filters were for every proxy, waypoints included (EXT-1). */
export const filterAttaches = (view: ControlPlaneView, filter: ScopedPolicy, proxy: Workload): boolean =>
  readsFilterTargets(view.controlPlane) ? attaches(view, filter, proxy) : selectorMatches(filter.selector ?? {}, proxy.labels)
