import { flatMap } from '../../flat-map.js'
import type { Labels } from '../../resources/meta.js'
import type { MeshService } from '../../snapshot/services/mesh-service.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import { policyOf } from './policy-of.js'
import { mostSpecific, rulesOf } from './rules-of.js'
import type { MergedRule } from './merged-rule.js'
import { selectorMatches } from '../../snapshot/selector-index.js'
import type { RuleInForce } from './rule-in-force.js'
import { remembered } from '../../remembered.js'

/** What of a service its rule is looked up by. */
type Named = Pick<MeshService, 'hostname' | 'namespace'>

/**
 * The DestinationRule that a client of this namespace and these labels applies to the service, or undefined.
 *
 * Three levels are tried, and the first one with any rule for the host hides the others: the client's namespace, the
 * service's (exported), the root namespace's (exported); inside a level the most specific host. Rules ROUTE-20 … ROUTE-25.
 */
export function effectiveRule(view: ControlPlaneView, namespace: string, labels: Labels, service: Named): RuleInForce | undefined {
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

/** A namespace's own rules are few, and those of others the same for most namespaces: neither is kept for each pair of them. */
function entriesFor(view: ControlPlaneView, namespace: string, service: Named): readonly MergedRule[] {
  const rules = rulesOf(view, namespace)
  const own = namespace === view.controlPlane.meshConfig.rootNamespace ? rules.privateOnly : rules.own
  return mostSpecific(own, service.hostname) ?? exportedTo(namespace, exportedLevels(view, service))
}

/** The most specific rules for a host that a namespace exports. */
interface Level {
  readonly owner: string
  readonly entries: readonly MergedRule[]
  readonly toAll: boolean
}

/** Of the service's namespace, then of the root namespace. Specificity is decided before the export check: a hidden specific rule hides a visible general one (ROUTE-21). */
const exportedLevels = remembered((view: ControlPlaneView, { hostname, namespace }: Named): readonly Level[] =>
  flatMap([namespace, view.controlPlane.meshConfig.rootNamespace], (owner) => {
    const entries = mostSpecific(rulesOf(view, owner).exported, hostname) ?? none
    return entries.length === 0 ? [] : [{ owner, entries, toAll: entries.every(({ exportTo }) => isToAll(exportTo)) }]
  }),
)

/** Do all namespaces that have no rule of their own for the service apply the same one, or none? */
export const isToldToAll = (view: ControlPlaneView, service: MeshService): boolean =>
  exportedLevels(view, service).every(({ toAll }) => toAll)

const isToAll = (exportTo: ReadonlySet<string>): boolean => exportTo.size === 0 || exportTo.has('*')

/** Is what a namespace exports so given to this consumer? */
export const isOpenTo = (exportTo: ReadonlySet<string>, owner: string, consumer: string): boolean =>
  isToAll(exportTo) || exportTo.has(consumer) || (exportTo.has('.') && owner === consumer)

function exportedTo(consumer: string, levels: readonly Level[]): readonly MergedRule[] {
  for (const { owner, entries, toAll } of levels) {
    if (toAll) return entries
    const open = entries.filter(({ exportTo }) => isOpenTo(exportTo, owner, consumer))
    if (open.length > 0) return open
  }
  return none
}

/** A rule selecting the proxy wins, in its own namespace only; else the last one without a selector (ROUTE-24). */
function pick(entries: readonly MergedRule[], namespace: string, labels: Labels): MergedRule | undefined {
  const selecting = entries.find(({ selector, rules }) => {
    return selector !== undefined && rules[0]?.meta.namespace === namespace && selectorMatches(selector, labels)
  })
  return selecting ?? entries.findLast(({ selector }) => selector === undefined)
}
