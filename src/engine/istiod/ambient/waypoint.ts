/**
 * Does the waypoint that a label names take what the label stands on?
 *
 * One that is not there, is not ready, does not admit the namespace or is for other things is passed by, and nothing tells the caller so. Rules
 * AMB-41, AMB-42, AMB-57, GWAPI-10.
 */
import type { KubernetesGateway } from '../../resources/kubernetes/kubernetes-gateway.js'
import type { Labels } from '../../resources/meta.js'
import type { Cluster } from '../../snapshot/snapshot.js'
import { labelSelectorMatches } from '../../snapshot/label-selector.js'
import type { NamedWaypoint } from './named-waypoint.js'

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

/** What it is for: `service` unless its label says otherwise. */
export const isFor = ({ meta }: KubernetesGateway, subject: Subject): boolean => {
  const taken = meta.labels[forKey] ?? 'service'
  return taken === 'all' || taken === subject.toLowerCase()
}

/** Of that namespace's labels, the one that each has is known even where its object is not given. */
export const labelsOfNamespace = ({ resources }: Cluster, namespace: string): Labels => ({
  'kubernetes.io/metadata.name': namespace,
  ...resources.namespaces.get(namespace)?.meta.labels,
})

/** Does its HBONE listener let objects of that namespace be bound? */
export function admits(cluster: Cluster, { meta, listeners }: KubernetesGateway, home: string): boolean {
  const listener = listeners.find(({ protocol, port }) => protocol === 'HBONE' && port === hbonePort)
  const { namespaces = 'Same', namespaceSelector } = listener ?? {}
  if (namespaces === 'All') return true
  if (namespaces !== 'Selector') return meta.namespace === home
  return namespaceSelector !== undefined && labelSelectorMatches(namespaceSelector, labelsOfNamespace(cluster, home))
}

/** An address of the status, with its type, or one to come: istiod gives one to each waypoint that it deploys. */
const isReady = ({ className, addresses, statusAddresses }: KubernetesGateway): boolean => {
  if (statusAddresses !== undefined) return statusAddresses.some(({ type }) => type !== undefined)
  const isManaged = addresses.length === 0 || (addresses.length === 1 && (addresses[0]?.type ?? 'IPAddress') === 'IPAddress')
  return className === waypointClass && isManaged
}

/** Why is the named waypoint passed by? Undefined: it is not. */
export function whyUnbound(cluster: Cluster, named: NamedWaypoint, subject: Subject, home: string): string | undefined {
  const name = `\`${named.namespace}/${named.name}\``
  const gateway = findWaypoint(cluster, named)
  if (gateway === undefined) return `there is no Gateway ${name}`
  if (!isReady(gateway)) return `waypoint ${name} has no address in its status`
  if (!isFor(gateway, subject)) return `waypoint ${name} is not for ${subject.toLowerCase()}s, by its label \`${forKey}\``
  return admits(cluster, gateway, home)
    ? undefined
    : `waypoint ${name} takes objects of its own namespace only: let \`allowedRoutes\` of its HBONE listener admit \`${home}\``
}
