import type { RequestAuthentication } from '../../resources/istio/request-authentication.js'
import { selectorMatches } from '../../snapshot/selector-index.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import type { Workload } from '../../snapshot/workloads/workload.js'
import type { PlacedJwtRule } from './check-token.js'
import { targetsWorkload } from './selected-policies.js'

const none: readonly PlacedJwtRule[] = []

/** The rules of all RequestAuthentications that the workload's proxy follows, those of the root namespace included (AUTHZ-21). */
export function jwtRulesFor(view: ControlPlaneView, workload: Workload): readonly PlacedJwtRule[] {
  const root = view.controlPlane.meshConfig.rootNamespace
  const own = rulesIn(view, workload.namespace, workload)
  return root === workload.namespace ? own : [...rulesIn(view, root, workload), ...own]
}

function rulesIn(view: ControlPlaneView, namespace: string, workload: Workload): readonly PlacedJwtRule[] {
  const policies = view.configuration.requestAuthentications.get(namespace)
  if (policies === undefined) return none
  return policies
    .filter((policy) => reaches(policy, workload))
    .flatMap(({ meta, jwtRules }) => jwtRules.map((rule, index) => ({ rule, ref: view.ref(meta, `spec.jwtRules[${index}]`) })))
}

const reaches = (policy: RequestAuthentication, workload: Workload): boolean =>
  policy.targetRefs.length > 0 ? targetsWorkload(policy, workload) : selectorMatches(policy.selector ?? {}, workload.labels)
