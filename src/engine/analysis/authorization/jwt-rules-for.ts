import { flatMap } from '../../flat-map.js'
import type { RequestAuthentication } from '../../resources/istio/request-authentication.js'
import { remembered } from '../../remembered.js'
import type { Labels } from '../../resources/meta.js'
import { indexBySelector, type SelectorIndex } from '../../snapshot/selector-index.js'
import type { RouteTarget } from '../call/stage-values.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import type { Workload } from '../../snapshot/workloads/workload.js'
import type { PlacedJwtRule } from './check-token.js'
import { targetsWorkload } from './selected-policies.js'
import { isForWaypoint } from './waypoint-policies.js'

type Rules = readonly PlacedJwtRule[]

const none: Rules = []

/** The rules of all RequestAuthentications that the workload's proxy follows, those of the root namespace included; `target`: what a waypoint is called for (AUTHZ-21, AMB-52). */
export function jwtRulesFor(view: ControlPlaneView, workload: Workload, target?: RouteTarget): Rules {
  if (workload.dataPlane !== 'WAYPOINT') return selectedRules(view, workload.namespace, workload.labels)
  const service = target?.service
  const namespaces = [view.controlPlane.meshConfig.rootNamespace, ...(service === undefined ? [] : [service.namespace]), workload.namespace]
  return flatMap([...new Set(namespaces)], (namespace) =>
    rulesOf(
      view,
      policiesIn(view, namespace).filter((policy) => isForWaypoint(policy, view, workload, service)),
    ),
  )
}

const policiesIn = (view: ControlPlaneView, namespace: string): readonly RequestAuthentication[] =>
  view.configuration.requestAuthentications.get(namespace) ?? []

const indexOf = remembered(
  (view: ControlPlaneView, namespace: string): SelectorIndex<RequestAuthentication> =>
    indexBySelector(policiesIn(view, namespace), ({ targetRefs, selector }) => (targetRefs.length > 0 ? {} : (selector ?? {}))),
)

const selectedRules = remembered((view: ControlPlaneView, namespace: string, labels: Labels): Rules => {
  const found = [...new Set([view.controlPlane.meshConfig.rootNamespace, namespace])].flatMap((one) => indexOf(view, one).matching(labels))
  return rulesOf(
    view,
    found.filter((policy) => policy.targetRefs.length === 0 || targetsWorkload(policy, { namespace, labels })),
  )
})

const rulesOf = (view: ControlPlaneView, policies: readonly RequestAuthentication[]): Rules =>
  policies.length === 0
    ? none
    : flatMap(policies, ({ meta, jwtRules }) => jwtRules.map((rule, index) => ({ rule, ref: view.ref(meta, `spec.jwtRules[${index}]`) })))
