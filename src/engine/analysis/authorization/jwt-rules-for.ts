import { flatMap } from '../../flat-map.js'
import type { RequestAuthentication } from '../../resources/istio/request-authentication.js'
import { selectorMatches } from '../../snapshot/selector-index.js'
import type { MeshService } from '../../snapshot/services/mesh-service.js'
import type { RouteTarget } from '../call/stage-values.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import type { Workload } from '../../snapshot/workloads/workload.js'
import type { PlacedJwtRule } from './check-token.js'
import { targetsWorkload } from './selected-policies.js'
import { isForWaypoint } from './waypoint-policies.js'

const none: readonly PlacedJwtRule[] = []

/** The rules of all RequestAuthentications that the workload's proxy follows, those of the root namespace included; `target`: what a waypoint is called for (AUTHZ-21, AMB-52). */
export function jwtRulesFor(view: ControlPlaneView, workload: Workload, target?: RouteTarget): readonly PlacedJwtRule[] {
  const root = view.controlPlane.meshConfig.rootNamespace
  const service = workload.dataPlane === 'WAYPOINT' ? target?.service : undefined
  const namespaces = new Set([root, ...(service === undefined ? [] : [service.namespace]), workload.namespace])
  return flatMap([...namespaces], (namespace) => rulesIn(view, namespace, workload, service))
}

function rulesIn(
  view: ControlPlaneView,
  namespace: string,
  workload: Workload,
  service: MeshService | undefined,
): readonly PlacedJwtRule[] {
  const policies = view.configuration.requestAuthentications.get(namespace)
  if (policies === undefined) return none
  return flatMap(
    policies.filter((policy) =>
      workload.dataPlane === 'WAYPOINT' ? isForWaypoint(policy, view, workload, service) : reaches(policy, workload),
    ),
    ({ meta, jwtRules }) => jwtRules.map((rule, index) => ({ rule, ref: view.ref(meta, `spec.jwtRules[${index}]`) })),
  )
}

const reaches = (policy: RequestAuthentication, workload: Workload): boolean =>
  policy.targetRefs.length > 0 ? targetsWorkload(policy, workload) : selectorMatches(policy.selector ?? {}, workload.labels)
