/**
 * Which DestinationRules for a host are not in force for this client?
 *
 * Rules of a nearer namespace hide all others, and one that names the host more closely those that are more general; one that is not exported, and one of a
 * namespace that is neither the client's, the service's nor the root, says nothing. Rules ROUTE-20 … ROUTE-24.
 */
import type { NearMiss } from '../../model/step.js'
import type { Labels } from '../../resources/meta.js'
import type { DestinationRule } from '../../resources/istio/destination-rule.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import { isOpenTo } from '../../istiod/destination-rules/effective-rule.js'
import { domainSuffix, qualify } from '../../istiod/matching/hosts.js'
import { rulesOver } from '../../istiod/destination-rules/rules-over.js'
import type { Client } from '../call/call.js'
import type { RouteTarget } from '../call/stage-values.js'
import { byName, mostCompared, nearMiss } from './near-miss.js'
import { tellSelectorMiss } from './selector-miss.js'

/** Whose rules they are: a client’s, or those of a gateway that hands its calls on. */
interface Ruled extends Pick<Client, 'view'> {
  readonly workload: Pick<Client['workload'], 'namespace' | 'labels' | 'owner'>
}

export function nearRules(client: Ruled, targets: readonly Pick<RouteTarget, 'service' | 'rule'>[]): readonly NearMiss[] {
  const { view } = client
  if (view === undefined) return []
  return [...new Map(targets.map((target) => [target.service.hostname, target])).values()].flatMap(({ service, rule }) => {
    const inForce = new Set(rule?.rules)
    const [first] = rule?.rules ?? []
    return rulesOver(view, service.hostname)
      .filter((one) => !inForce.has(one))
      .toSorted(byName)
      .slice(0, mostCompared)
      .map((one) => nearMiss(view.ref(one.meta), whyNot(client, view, one, service.namespace, first)))
  })
}

function whyNot(client: Ruled, view: ControlPlaneView, rule: DestinationRule, owner: string, first: DestinationRule | undefined): string {
  const { namespace } = client.workload
  const own = rule.meta.namespace
  const looked = new Set([namespace, owner, view.controlPlane.meshConfig.rootNamespace])
  if (!looked.has(own))
    return `stands in \`${own}\`, and only rules of the client’s namespace, the service’s and the root namespace are looked at`
  if (rule.workloadSelector !== undefined) return whyNotSelecting(client, rule, rule.workloadSelector)
  if (!isOpenTo(new Set(rule.exportTo), own, namespace)) return `is not exported to \`${namespace}\``
  const hides = first === undefined ? undefined : `\`${first.meta.namespace}/${first.meta.name}\``
  if (hides !== undefined && first?.meta.namespace !== own) return `is hidden by ${hides}, which is of a nearer namespace`
  if (first !== undefined && hostOf(view, first) !== hostOf(view, rule))
    return `names \`${rule.host}\`, and ${hides} names \`${first.host}\`, which is closer`
  return hides === undefined ? `is not seen from \`${namespace}\`` : `is left out beside ${hides}, which comes first`
}

const hostOf = (view: ControlPlaneView, { host, meta }: DestinationRule): string => qualify(host, meta.namespace, domainSuffix(view))

const whyNotSelecting = ({ workload: { namespace, labels, owner } }: Ruled, { meta }: DestinationRule, selector: Labels): string =>
  meta.namespace === namespace
    ? tellSelectorMiss(selector, labels, `\`${owner.name}\``)
    : 'has a `workloadSelector`, which holds in its own namespace alone'
