/**
 * Which policies does a waypoint enforce for what it is given?
 *
 * Those that name it, its class, or the service that is called, by `targetRefs`; all others are none of its business. Rules AMB-52, AUTHZ-4, AUTHZ-41.
 */
import { allLooks } from '../call/look.js'
import type { AuthorizationPolicy } from '../../resources/istio/authorization-policy.js'
import type { MeshService } from '../../snapshot/services/mesh-service.js'
import { byAge } from '../../snapshot/by-age.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import { waypointClass } from '../../istiod/ambient/waypoint.js'
import type { Workload } from '../../snapshot/workloads/workload.js'
import { addressLooks } from './address-looks.js'
import type { PolicySet } from './selected-policies.js'

type Referring = Pick<AuthorizationPolicy, 'meta' | 'targetRefs'>

/** Does the policy reach the waypoint for calls to the service? */
export function isForWaypoint(
  { meta, targetRefs }: Referring,
  view: ControlPlaneView,
  waypoint: Workload,
  service: MeshService | undefined,
): boolean {
  const root = view.controlPlane.meshConfig.rootNamespace
  const gateway = waypoint.labels['gateway.networking.k8s.io/gateway-name']
  const name = service?.entry?.meta.name ?? service?.definitions[0]?.service.meta.name
  const kind = service?.entry === undefined ? 'Service' : 'ServiceEntry'
  return targetRefs.some((target) => {
    if (target.kind === 'Gateway') return meta.namespace === waypoint.namespace && target.name === gateway
    if (target.kind === 'GatewayClass') return meta.namespace === root && target.name === waypointClass
    return target.kind === kind && meta.namespace === service?.namespace && target.name === name
  })
}

/** `service` undefined: for a workload itself, or at a gateway between networks, where no service's policies count (AMB-52, AMB-67). */
export function waypointPolicies(view: ControlPlaneView, waypoint: Workload, service: MeshService | undefined): PolicySet {
  const { rootNamespace } = view.controlPlane.meshConfig
  const namespaces = new Set([rootNamespace, waypoint.namespace, ...(service === undefined ? [] : [service.namespace])])
  const policies = [...namespaces]
    .flatMap((namespace) => view.configuration.authorizationPolicies.get(namespace) ?? [])
    .filter((policy) => (!policy.dryRun || policy.action === 'CUSTOM') && isForWaypoint(policy, view, waypoint, service))
    .sort(byAge)
  const of = (action: AuthorizationPolicy['action']): readonly AuthorizationPolicy[] =>
    policies.filter((policy) => policy.action === action)
  return { custom: of('CUSTOM'), deny: of('DENY'), allow: of('ALLOW'), lookedAt: allLooks(policies.map(addressLooks)) }
}
