import type { Labels } from '../../resources/meta.js'
import type { MeshService } from '../../snapshot/services/mesh-service.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import { policyOf } from './policy-of.js'
import { mostSpecific, rulesOf } from './rules-of.js'
import type { MergedRule } from './merged-rule.js'
import { selectorMatches } from '../../snapshot/selector-index.js'
import type { RuleInForce } from './rule-in-force.js'
import { remembered } from '../../remembered.js'

/**
 * The DestinationRule that a client of this namespace and these labels applies to the service, or undefined.
 *
 * Three levels are tried, and the first one with any rule for the host hides the others: the client's namespace, the
 * service's (exported), the root namespace's (exported); inside a level the most specific host. Rules ROUTE-20 … ROUTE-25.
 */
export function effectiveRule(view: ControlPlaneView, namespace: string, labels: Labels, service: MeshService): RuleInForce | undefined {
  const merged = pick(entriesFor(view, namespace, service), namespace, labels)
  return merged === undefined ? undefined : withPolicy(view, merged)
}

const withPolicy = remembered(
  (view: ControlPlaneView, merged: MergedRule): RuleInForce =>
    policyOf(
      merged,
      merged.rules.map(({ meta }) => view.ref(meta)),
    ),
)

const none: readonly MergedRule[] = []

const entriesFor = remembered((view: ControlPlaneView, namespace: string, { hostname, namespace: owner }: MeshService) => {
  const root = view.controlPlane.meshConfig.rootNamespace
  const own = namespace === root ? rulesOf(view, root).privateOnly : rulesOf(view, namespace).own
  return mostSpecific(own, hostname) ?? exportedBy(view, owner, hostname, namespace) ?? exportedBy(view, root, hostname, namespace) ?? none
})

/** Specificity is decided before the export check: a hidden specific rule hides a visible general one (ROUTE-21). */
function exportedBy(view: ControlPlaneView, owner: string, hostname: string, consumer: string): readonly MergedRule[] | undefined {
  const entries = mostSpecific(rulesOf(view, owner).exported, hostname) ?? none
  const open = entries.filter(({ exportTo }) => {
    if (exportTo.size === 0 || exportTo.has('*') || exportTo.has(consumer)) return true
    return exportTo.has('.') && owner === consumer
  })
  return open.length === 0 ? undefined : open
}

/** A rule selecting the proxy wins, in its own namespace only; else the last one without a selector (ROUTE-24). */
function pick(entries: readonly MergedRule[], namespace: string, labels: Labels): MergedRule | undefined {
  const selecting = entries.find(({ selector, rules }) => {
    return selector !== undefined && rules[0]?.meta.namespace === namespace && selectorMatches(selector, labels)
  })
  return selecting ?? entries.findLast(({ selector }) => selector === undefined)
}
