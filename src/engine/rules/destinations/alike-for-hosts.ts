/**
 * For which consumers can nothing about these hosts differ, so that one of them stands for all?
 *
 * Where one record for everybody stands for a host, only a Sidecar changes what a proxy is given of it, and only DestinationRules of its own
 * namespace which rule it applies (VIS-22, ROUTE-20). In a large mesh that leaves one of hundreds of namespaces to be asked.
 */
import type { DestinationRule } from '../../resources/istio/destination-rule.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import { rulesOver } from '../../istiod/destination-rules/rules-over.js'
import type { Consumer } from '../consumers.js'

const isToAll = ({ exportTo }: DestinationRule): boolean => exportTo.every((name) => name === '*' || name === '.' || name === '~')

function isAlikeForAll(view: ControlPlaneView, host: string): boolean {
  const records = view.servicesByHost(host)
  return (records.length === 0 || (records.length === 1 && records[0]?.exportTo.has('*') === true)) && rulesOver(view, host).every(isToAll)
}

/** The consumers in groups of which the first stands for the rest. */
export function alikeForHosts(
  view: ControlPlaneView,
  hosts: readonly string[],
  consumers: readonly Consumer[],
): readonly (readonly [Consumer, ...Consumer[]])[] {
  if (consumers.length < 2 || !hosts.every((host) => isAlikeForAll(view, host))) return consumers.map((consumer) => [consumer])
  const owners = new Set(hosts.flatMap((host) => rulesOver(view, host).map(({ meta }) => meta.namespace)))
  const isPlain = ({ scope, atGateway }: Consumer): boolean => !atGateway && scope.sidecar === undefined && !owners.has(scope.namespace)
  const [first, ...others] = consumers.filter(isPlain)
  const apart = consumers.filter((consumer) => !isPlain(consumer)).map((consumer): readonly [Consumer, ...Consumer[]] => [consumer])
  return first === undefined ? apart : [[first, ...others], ...apart]
}
