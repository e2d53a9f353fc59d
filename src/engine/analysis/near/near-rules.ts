/**
 * Which DestinationRules for a host are not in force for this client?
 *
 * Rules of a nearer namespace hide all others; one that is not exported, and one of a namespace that is neither the client's, the service's nor the root,
 * says nothing. Rules ROUTE-20 … ROUTE-24.
 */
import type { NearMiss } from '../../model/step.js'
import { pause } from '../../pause.js'
import { remembered } from '../../remembered.js'
import type { Labels } from '../../resources/meta.js'
import type { DestinationRule } from '../../resources/istio/destination-rule.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import { domainSuffix, qualify } from '../../istiod/matching/hosts.js'
import type { Client } from '../call/call.js'
import type { RouteTarget } from '../call/stage-values.js'
import { byName, nearMiss } from './near-miss.js'
import { tellSelectorMiss } from './selector-miss.js'

/** All rules by the host that they name, whoever may use them. */
const rulesByHost = remembered((view: ControlPlaneView): ReadonlyMap<string, readonly DestinationRule[]> => {
  const suffix = domainSuffix(view)
  const found = new Map<string, DestinationRule[]>()
  for (const rule of [...view.configuration.destinationRules.values()].flat().sort(byName)) {
    const host = qualify(rule.host, rule.meta.namespace, suffix)
    pause()
    const known = found.get(host)
    if (known === undefined) found.set(host, [rule])
    else known.push(rule)
  }
  return found
})

export function nearRules(client: Client, targets: readonly Pick<RouteTarget, 'service' | 'rule'>[]): readonly NearMiss[] {
  const { view } = client
  if (view === undefined) return []
  return [...new Map(targets.map((target) => [target.service.hostname, target])).values()].flatMap(({ service, rule }) => {
    const inForce = new Set(rule?.rules)
    const [first] = rule?.rules ?? []
    return (rulesByHost(view).get(service.hostname) ?? [])
      .filter((one) => !inForce.has(one))
      .map((one) => nearMiss(view.ref(one.meta), whyNot(client, view, one, service.namespace, first)))
  })
}

function whyNot(client: Client, view: ControlPlaneView, rule: DestinationRule, owner: string, first: DestinationRule | undefined): string {
  const { namespace } = client.workload
  const own = rule.meta.namespace
  const looked = new Set([namespace, owner, view.controlPlane.meshConfig.rootNamespace])
  if (!looked.has(own))
    return `stands in \`${own}\`, and only rules of the client’s namespace, the service’s and the root namespace are looked at`
  if (rule.workloadSelector !== undefined) return whyNotSelecting(client, rule, rule.workloadSelector)
  const hides = first === undefined ? undefined : `\`${first.meta.namespace}/${first.meta.name}\``
  if (hides !== undefined && first?.meta.namespace !== own) return `is hidden by ${hides}, which is of a nearer namespace`
  if (rule.exportTo.length > 0 && own !== namespace) return `is not exported to \`${namespace}\``
  return hides === undefined ? `is not seen from \`${namespace}\`` : `is left out beside ${hides}, which comes first`
}

const whyNotSelecting = ({ workload: { namespace, labels, owner } }: Client, { meta }: DestinationRule, selector: Labels): string =>
  meta.namespace === namespace
    ? tellSelectorMiss(selector, labels, `\`${owner.name}\``)
    : 'has a `workloadSelector`, which holds in its own namespace alone'
