import type { ResourceRef } from '../../model/resource-ref.js'
import type { DestinationRule, Subset } from '../../resources/istio/destination-rule.js'
import type { ClientTls, LoadBalancer, OutlierDetection } from '../../resources/istio/traffic-policy.js'

/** A DestinationRule as one client applies it to one service (ROUTE-20 … ROUTE-24, LB-11). */
export interface RuleInForce {
  readonly rules: readonly DestinationRule[]
  readonly subsets: readonly Subset[]
  readonly because: readonly ResourceRef[]
  /** TLS of the transport that is really built (TLS-5): undefined means automatic mode. */
  transportTls(port: number, subset: string): ClientTls | undefined
  /** TLS looked at by the per-endpoint capability test (NET-16, TLS-5). */
  capabilityTls(port: number, subset: string): ClientTls | undefined
  loadBalancer(port: number, subset: string): LoadBalancer | undefined
  /** As the rule itself writes it, or for a subset the subset: without settings by port, and nothing inherited (TLS-6). */
  ownLoadBalancer(subset: string): LoadBalancer | undefined
  /** Does the proxy write a header of the PROXY protocol in front of all that it sends, its own TLS included? */
  writesProxyHeader(port: number, subset: string): boolean
  outlierDetection(port: number, subset: string): OutlierDetection | undefined
}
