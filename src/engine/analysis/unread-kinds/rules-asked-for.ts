import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import type { RouteTarget } from '../call/stage-values.js'
import type { Asked } from './asked.js'
import { ruleKinds } from './asked-kinds.js'

/** Rules have a say at several stages. */
interface RulesAsked extends Pick<Asked, 'cluster' | 'namespaces'> {
  readonly kinds: typeof ruleKinds
}

/** Where a DestinationRule would stand before the one in force: the client's namespace, the service's, the root's, in this order (ROUTE-20). */
export function rulesAskedFor(
  { configCluster: cluster, controlPlane }: ControlPlaneView,
  client: string,
  { service, rule }: RouteTarget,
): readonly RulesAsked[] {
  const order = [client, service.namespace, controlPlane.meshConfig.rootNamespace]
  const found = order.indexOf(rule?.because[0]?.namespace ?? '')
  const namespaces = found < 0 ? order : order.slice(0, found + 1)
  return [{ cluster, kinds: ruleKinds, namespaces }]
}
