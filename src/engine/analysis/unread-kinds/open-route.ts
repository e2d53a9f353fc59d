import type { ResolvedCall } from '../call/call.js'
import type { Outcome } from '../call/outcome.js'
import type { InScope, Named, Routed } from '../call/stage-values.js'
import { gatewayKinds, meshRouteKinds, ruleKinds } from './asked-kinds.js'
import { type Asked, findMissing, hasUnread } from './asked.js'
import { routesFrom } from './imports-from.js'
import { leaveOpen } from './leave-open.js'

/** A VirtualService of any namespace that is exported to the client may lead its calls elsewhere, or end them. */
export const openRoute = (call: ResolvedCall, named: Named, inScope: InScope, outcome: Outcome<Routed>): Outcome<Routed> => {
  const { client } = call
  const { scope, mode } = inScope
  if (scope === undefined || mode !== 'MESH' || !hasUnread(client.snapshot)) return outcome
  const { reason } = outcome.step
  const past = reason === 'NOT_CAPTURED' || reason === 'NOT_LISTENING' || client.workload.dataPlane === 'AMBIENT'
  if (past) return outcome
  const { configCluster: cluster, controlPlane } = scope.view
  const root = controlPlane.meshConfig.rootNamespace
  const owner = inScope.service === undefined ? [] : [inScope.service.namespace]
  const routes: Asked<'ROUTE'> = {
    cluster,
    kinds: meshRouteKinds,
    takes: routesFrom(scope, inScope.service?.hostname ?? named.hostname),
  }
  // Subsets are DestinationRules': a route to one that nobody defines ends there (ROUTE-8).
  const subsets: Asked<'ROUTE'> = { cluster, kinds: ruleKinds, namespaces: [client.workload.namespace, ...owner, root] }
  const gateways: Asked<'ROUTE'> = { cluster, kinds: gatewayKinds }
  return leaveOpen(
    outcome,
    findMissing([routes, ...(lacksSubset(outcome) ? [subsets] : []), ...(client.workload.dataPlane === 'GATEWAY' ? [gateways] : [])]),
  )
}

const lacksSubset = (outcome: Outcome<Routed>): boolean =>
  outcome.step.reason === 'UNKNOWN_CLUSTER' ||
  (outcome.passed &&
    outcome.value.alternatives.some(({ ends, lost = [] }) => [ends, ...lost].some((end) => end?.reason === 'UNKNOWN_CLUSTER')))
