import { groupBy } from '../../group-by.js'
import { isOn } from '../../snapshot/flags.js'
import { comparesRuleExports, prefersRuleToPolicy } from '../../snapshot/releases.js'
import type { DestinationRule } from '../../resources/istio/destination-rule.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import { byAge } from '../../snapshot/by-age.js'
import { domainSuffix, qualify, widenings, type Wildcards, wildcardsAmong } from '../matching/hosts.js'
import { literalExport, type MergedRule, mergeRules } from './merged-rule.js'
import { remembered } from '../../remembered.js'

/** Merged rules by the host they are written for. */
interface ByHost {
  readonly rules: ReadonlyMap<string, readonly MergedRule[]>
  readonly wildcards: Wildcards
}

/** One namespace's DestinationRules as three kinds of reader find them (ROUTE-20, ROUTE-22). */
interface NamespaceRules {
  /** For proxies of the namespace itself. */
  readonly own: ByHost
  /** For other namespaces; a rule exported to nobody still takes part in specificity (ROUTE-22). */
  readonly exported: ByHost
  /** Private ones only: what proxies of the root namespace look at first. */
  readonly privateOnly: ByHost
}

const byHostOf = (rules: ByHost['rules']): ByHost => ({ rules, wildcards: wildcardsAmong(rules.keys()) })
const noRules = byHostOf(new Map())
const none: NamespaceRules = { own: noRules, exported: noRules, privateOnly: noRules }

/** DestinationRules of one namespace, merged. */
export const rulesOf = remembered((view: ControlPlaneView, namespace: string): NamespaceRules => {
  const list = view.configuration.destinationRules.get(namespace)
  if (list === undefined) return none
  const ofPolicies = prefersRuleToPolicy(view.controlPlane) ? 2 : 0.5
  const rank = ({ workloadSelector, ofGatewayApi }: DestinationRule): number =>
    ofGatewayApi ? ofPolicies : workloadSelector === undefined ? 1 : 0
  const sorted = [...list].sort((a, b) => rank(a) - rank(b) || byAge(a, b))
  const separates = comparesRuleExports(view.controlPlane) && isOn(view.controlPlane, 'ENABLE_ENHANCED_DESTINATIONRULE_MERGE')
  const privateByDefault = view.controlPlane.meshConfig.defaultDestinationRuleExportTo.includes('.')
  const seenAtHome = (set: ReadonlySet<string>): boolean => set.size === 0 || set.has('*') || set.has('.') || set.has(namespace)
  const isPrivate = (set: ReadonlySet<string>): boolean =>
    set.size === 0 ? privateByDefault : set.size === 1 && (set.has('.') || set.has(namespace))
  const merge = (keep: (set: ReadonlySet<string>) => boolean): ByHost => {
    const kept = sorted.filter((rule) => keep(literalExport(rule)))
    const byHost = groupBy(kept, ({ host }) => qualify(host, namespace, domainSuffix(view)))
    return byHostOf(new Map([...byHost].map(([host, rules]) => [host, mergeRules(rules, separates)])))
  }
  return { own: merge(seenAtHome), exported: merge((set) => !isPrivate(set)), privateOnly: merge(isPrivate) }
})

/** Entries of the most specific host: the name itself, else the longest wildcard over it (ROUTE-20). */
export function mostSpecific({ rules, wildcards }: ByHost, hostname: string): readonly MergedRule[] | undefined {
  if (rules.size === 0) return undefined
  for (const name of widenings(hostname, wildcards)) {
    const found = rules.get(name)
    if (found !== undefined) return found
  }
  return undefined
}
