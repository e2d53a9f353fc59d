import { addAll } from '../../add-all.js'
import { pausing } from '../../pause.js'
import type { DestinationRule, Subset } from '../../resources/istio/destination-rule.js'
import type { TrafficPolicy } from '../../resources/istio/traffic-policy.js'
import { selectorMatches } from '../../snapshot/selector-index.js'

/** DestinationRules of one namespace and host that Istio makes into one. */
export interface MergedRule {
  readonly rules: readonly DestinationRule[]
  readonly subsets: readonly Subset[]
  readonly policy: TrafficPolicy | undefined
  readonly selector: Readonly<Record<string, string>> | undefined
  /** As written; a rule with a selector counts as private, an unset list is empty (ROUTE-23). */
  readonly exportTo: ReadonlySet<string>
}

/** The literal exportTo set that merging compares (ROUTE-22, ROUTE-23). */
export const literalExport = (rule: DestinationRule): ReadonlySet<string> =>
  new Set(rule.workloadSelector === undefined ? rule.exportTo : ['.'])

const isSuperset = (wider: ReadonlySet<string>, narrower: ReadonlySet<string>): boolean => [...narrower].every((one) => wider.has(one))
const equal = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean => a.size === b.size && isSuperset(a, b)

const sameSelector = (a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): boolean =>
  Object.keys(a).length === Object.keys(b).length && selectorMatches(a, b)

/** One that is added to: there may be as many rules for a host as somebody writes. */
interface Growing extends MergedRule {
  readonly rules: DestinationRule[]
  readonly subsets: Subset[]
  /** Of its subsets. */
  readonly names: Set<string>
  policy: TrafficPolicy | undefined
}

const entryOf = (rule: DestinationRule): Growing => ({
  rules: [rule],
  subsets: [...rule.subsets],
  names: new Set(rule.subsets.map(({ name }) => name)),
  policy: rule.policy,
  selector: rule.workloadSelector,
  exportTo: literalExport(rule),
})

function absorb(entry: Growing, rule: DestinationRule): void {
  entry.rules.push(rule)
  addAll(
    entry.subsets,
    rule.subsets.filter(({ name }) => !entry.names.has(name)),
  )
  for (const { name } of rule.subsets) entry.names.add(name)
  entry.policy = rule.ofGatewayApi === true ? filled(entry.policy, rule.policy) : (entry.policy ?? rule.policy)
}

/** A policy of the Gateway API has the fields that no rule before it has (GWAPI-69). */
function filled(policy: TrafficPolicy | undefined, added: TrafficPolicy | undefined): TrafficPolicy | undefined {
  if (policy === undefined || added === undefined) return policy ?? added
  const stated = new Set(policy.ports.map(({ port }) => port))
  return { ...added, ...policy, ports: [...policy.ports, ...added.ports.filter(({ port }) => !stated.has(port))] }
}

/** How a rule relates to an entry of its host: kept apart, merged and kept apart as well, or taken in whole (ROUTE-23). */
function relate(entry: MergedRule, rule: DestinationRule, separates: boolean): 'APART' | 'BOTH' | 'WITHIN' {
  const exportTo = literalExport(rule)
  const same = equal(exportTo, entry.exportTo)
  if (separates && !same && !(entry.exportTo.size > 0 && isSuperset(exportTo, entry.exportTo))) return 'APART'
  const [mine, theirs] = [rule.workloadSelector, entry.selector]
  if (mine !== undefined && theirs !== undefined && !sameSelector(mine, theirs)) return 'APART'
  const alike = (mine === undefined) === (theirs === undefined)
  return alike || (separates && same) ? 'WITHIN' : 'BOTH'
}

/**
 * Merges the rules of one host, one after the other: each into those entries that it may join, and with an entry of its own unless the last one took it in whole.
 *
 * `separates`: since 1.24 exportTo is compared; before, all rules without differing selectors were merged. Rules ROUTE-23.
 */
export function mergeRules(rules: Iterable<DestinationRule>, separates: boolean): readonly MergedRule[] {
  const entries: Growing[] = []
  for (const rule of rules) {
    let last: ReturnType<typeof relate> = 'APART'
    for (const entry of pausing(entries)) {
      last = relate(entry, rule, separates)
      if (last !== 'APART') absorb(entry, rule)
    }
    if (last !== 'WITHIN') entries.push(entryOf(rule))
  }
  return entries
}
