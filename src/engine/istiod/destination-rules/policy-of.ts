import type { ResourceRef } from '../../model/resource-ref.js'
import type { ClientTls, TrafficPolicy } from '../../resources/istio/traffic-policy.js'
import type { MergedRule } from './merged-rule.js'
import type { RuleInForce } from './rule-in-force.js'
import { subsetNamed } from './subset-named.js'

type Level = Omit<TrafficPolicy, 'ports'>

const entryFor = (policy: TrafficPolicy | undefined, port: number): Level | undefined =>
  policy?.ports.find((one) => one.port === port)?.policy

/**
 * The policy of a port and subset as the proxy builds it.
 *
 * The rule's entry for the port stands alone instead of the rule's own level; a subset's entry for the port replaces
 * everything but the PROXY protocol, which it cannot set; otherwise the subset's fields overlay one by one. Rules LB-11, TLS-5.
 */
function levelOf(merged: MergedRule, port: number, subset: string): Level {
  const base: Level = entryFor(merged.policy, port) ?? merged.policy ?? {}
  const own = subsetNamed(merged, subset)?.policy
  if (own === undefined) return base
  const entry = entryFor(own, port)
  return entry === undefined ? { ...base, ...levelAlone(own) } : { ...entry, ...(base.proxyProtocol && { proxyProtocol: true }) }
}

const levelAlone = ({ ports: _ports, ...level }: TrafficPolicy): Level => level

/** The per-endpoint test looks level by level and skips those without `tls` (NET-16, TLS-5). */
function testedTls(merged: MergedRule, port: number, subset: string): ClientTls | undefined {
  const own = subsetNamed(merged, subset)?.policy
  return entryFor(own, port)?.tls ?? own?.tls ?? entryFor(merged.policy, port)?.tls ?? merged.policy?.tls
}

/** A merged rule with its questions answered. */
export const policyOf = (merged: MergedRule, because: readonly ResourceRef[]): RuleInForce => ({
  rules: merged.rules,
  subsets: merged.subsets,
  because,
  transportTls: (port, subset) => levelOf(merged, port, subset).tls,
  capabilityTls: (port, subset) => testedTls(merged, port, subset),
  loadBalancer: (port, subset) => levelOf(merged, port, subset).loadBalancer,
  ownLoadBalancer: (subset) => (subset === '' ? merged.policy : subsetNamed(merged, subset)?.policy)?.loadBalancer,
  writesProxyHeader: (port, subset) => levelOf(merged, port, subset).proxyProtocol === true,
  outlierDetection: (port, subset) => levelOf(merged, port, subset).outlierDetection,
})
