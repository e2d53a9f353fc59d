/**
 * Does the waypoint that a label names take what the label stands on?
 *
 * One that is not there, is not ready, does not admit the namespace or is for other things is passed by, and nothing tells the caller so. Rules
 * AMB-41, AMB-42, AMB-57, GWAPI-10.
 */
import type { KubernetesGateway } from '../../resources/kubernetes/kubernetes-gateway.js'
import { asksForPods } from '../../snapshot/control-planes/derived/gateway-api/gateway-binding.js'
import type { NamedWaypoint } from '../../snapshot/named-waypoint.js'
import { takesNamespace } from '../../snapshot/namespace-labels.js'
import type { Cluster } from '../../snapshot/snapshot.js'
import { boundListener } from './inbound-binding.js'

export type Subject = 'SERVICE' | 'WORKLOAD'

/** A Gateway that is bound as a waypoint. */
export interface Waypoint {
  readonly cluster: Cluster
  readonly gateway: KubernetesGateway
}

export const waypointClass = 'istio-waypoint'
const forKey = 'istio.io/waypoint-for'

/** Where its pods take tunnels; the port is nobody's choice (AMB-43). */
export const hbonePort = 15008

export const findWaypoint = ({ resources }: Cluster, { namespace, name }: NamedWaypoint): KubernetesGateway | undefined =>
  resources.kubernetesGateways.get(namespace)?.find(({ meta }) => meta.name === name)

/** What it is for: `service` unless its own label, or its class's, says otherwise. */
export function isFor({ resources }: Cluster, { meta, className }: KubernetesGateway, subject: Subject): boolean {
  const taken = meta.labels[forKey] ?? resources.gatewayClasses.get(className)?.meta.labels[forKey] ?? 'service'
  return taken === 'all' || taken === subject.toLowerCase()
}

/** Does its listener for tunnels let objects of that namespace be bound? Undefined: labels decide that are not given. */
export function admits(cluster: Cluster, gateway: KubernetesGateway, home: string): boolean | undefined {
  const own = ({ protocol, port }: KubernetesGateway['listeners'][number]): boolean => protocol === 'HBONE' && port === hbonePort
  const { namespaces = 'Same', namespaceSelector } = boundListener(cluster, gateway) ?? gateway.listeners.find(own) ?? {}
  if (namespaces === 'All') return true
  if (namespaces !== 'Selector') return gateway.meta.namespace === home
  return namespaceSelector !== undefined && takesNamespace(namespaceSelector, cluster, home)
}

/** An address of the status, with its type, or one to come: istiod gives one to each waypoint that it deploys. */
const isReady = (gateway: KubernetesGateway): boolean =>
  gateway.statusAddresses?.some(({ type }) => type !== undefined) ?? (gateway.className === waypointClass && asksForPods(gateway))

/** Why a waypoint is passed by, or why nobody knows whether it is; one at most. */
export interface BindingJudged {
  readonly passedBy?: string
  readonly open?: string
}

/** Of the Gateway that is named; undefined where there is none. */
export function judgeBinding(
  cluster: Cluster,
  named: NamedWaypoint,
  subject: Subject,
  home: string,
): BindingJudged & { readonly gateway: KubernetesGateway | undefined } {
  const gateway = findWaypoint(cluster, named)
  if (gateway === undefined) return { gateway, passedBy: `there is no Gateway \`${named.namespace}/${named.name}\`` }
  return { gateway, ...judgeWaypoint(cluster, gateway, subject, home) }
}

export function judgeWaypoint(cluster: Cluster, gateway: KubernetesGateway, subject: Subject, home: string): BindingJudged {
  const name = `\`${gateway.meta.namespace}/${gateway.meta.name}\``
  if (!isReady(gateway)) return { passedBy: `waypoint ${name} has no address in its status` }
  if (!isFor(cluster, gateway, subject))
    return { passedBy: `waypoint ${name} is not for ${subject.toLowerCase()}s, by its label \`${forKey}\`` }
  const admitted = admits(cluster, gateway, home)
  if (admitted === undefined)
    return { open: `labels decide whether waypoint ${name} takes objects of namespace \`${home}\`, and its Namespace object is not given` }
  if (admitted) return {}
  return {
    passedBy: `waypoint ${name} takes objects of its own namespace only: let \`allowedRoutes\` of its HBONE listener admit \`${home}\``,
  }
}
