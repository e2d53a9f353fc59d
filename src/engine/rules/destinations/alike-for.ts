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

/** What is alike of some hosts for every consumer that is plain. */
export interface Likeness {
  readonly isForAll: boolean
  /** Namespaces with rules of their own. */
  readonly owners: readonly string[]
}

export function likenessOf(view: ControlPlaneView, hosts: readonly string[]): Likeness {
  const isForAll = hosts.every((host) => {
    const records = view.servicesByHost(host)
    return (
      (records.length === 0 || (records.length === 1 && records[0]?.exportTo.has('*') === true)) && rulesOver(view, host).every(isToAll)
    )
  })
  return { isForAll, owners: isForAll ? hosts.flatMap((host) => rulesOver(view, host).map(({ meta }) => meta.namespace)) : [] }
}

/** The consumers in groups of which the first stands for the rest. */
export function alikeFor(likenesses: readonly Likeness[], consumers: readonly Consumer[]): readonly (readonly [Consumer, ...Consumer[]])[] {
  if (consumers.length < 2 || !likenesses.every(({ isForAll }) => isForAll)) return consumers.map((consumer) => [consumer])
  const owners = new Set(likenesses.flatMap((likeness) => likeness.owners))
  const isPlain = ({ scope, atGateway }: Consumer): boolean => !atGateway && scope.sidecar === undefined && !owners.has(scope.namespace)
  const [first, ...others] = consumers.filter(isPlain)
  const apart = consumers.filter((consumer) => !isPlain(consumer)).map((consumer): readonly [Consumer, ...Consumer[]] => [consumer])
  return first === undefined ? apart : [[first, ...others], ...apart]
}
