import type { KubernetesGateway } from '../../resources/kubernetes/kubernetes-gateway.js'
import type { Meta } from '../../resources/meta.js'
import type { Cluster } from '../../snapshot/snapshot.js'
import type { Breach, Rule } from '../rule.js'
import { isUnread } from '../unlisted-services.js'
import { findWaypoint, type NamedWaypoint, namedIn } from './waypoint-of.js'

type Subject = 'SERVICE' | 'WORKLOAD' | 'NAMESPACE'

interface Labelled {
  readonly meta: Meta
  readonly subject: Subject
  /** The namespace whose objects are meant. */
  readonly home: string
}

const forKey = 'istio.io/waypoint-for'

/** What a waypoint takes; a namespace means both, and is met where either is taken. */
const takes = ({ meta }: KubernetesGateway, subject: Subject): boolean => {
  const taken = meta.labels[forKey] ?? 'service'
  if (taken === 'all') return true
  return subject === 'NAMESPACE' ? taken !== 'none' : taken === subject.toLowerCase()
}

/** Does the listener of the mesh let objects of that namespace be bound? A selector is not followed. */
const admits = ({ meta, listeners }: KubernetesGateway, home: string): boolean =>
  meta.namespace === home ||
  listeners.some(({ protocol, namespaces }) => protocol === 'HBONE' && (namespaces === 'All' || namespaces === 'Selector'))

function whyUnbound(cluster: Cluster, named: NamedWaypoint, { subject, home }: Labelled): string | undefined {
  const name = `\`${named.namespace}/${named.name}\``
  const waypoint = findWaypoint(cluster, named)
  if (waypoint === undefined) return `there is no Gateway ${name}`
  if (waypoint.className !== 'istio-waypoint') return undefined
  if (!takes(waypoint, subject)) return `waypoint ${name} is not for ${subject.toLowerCase()}s, by its label \`${forKey}\``
  return admits(waypoint, home)
    ? undefined
    : `waypoint ${name} takes objects of its own namespace only: let \`allowedRoutes\` of its HBONE listener admit \`${home}\``
}

function* labelled({ resources }: Cluster): Iterable<Labelled> {
  for (const { meta } of resources.namespaces.values()) yield { meta, subject: 'NAMESPACE', home: meta.name }
  for (const kind of ['services', 'serviceEntries'] as const)
    for (const list of resources[kind].values()) for (const { meta } of list) yield { meta, subject: 'SERVICE', home: meta.namespace }
  for (const list of resources.pods.values()) for (const { meta } of list) yield { meta, subject: 'WORKLOAD', home: meta.namespace }
}

function* judge(cluster: Cluster): Iterable<Breach> {
  const told = new Set<string>()
  for (const one of labelled(cluster)) {
    const named = namedIn(one.meta.labels, one.home)
    const why = named === undefined || named === 'NONE' ? undefined : whyUnbound(cluster, named, one)
    // Pods of one template say the same.
    const key = one.subject === 'WORKLOAD' ? `${one.home} ${why}` : undefined
    if (why === undefined || (key !== undefined && told.has(key))) continue
    if (key !== undefined) told.add(key)
    const message = `${why}, so that calls go straight to the servers, and policies and routes that are for the waypoint are not enforced`
    yield { on: cluster.ref(one.meta, 'metadata.labels'), message }
  }
}

/** Waypoints are often made by a command: where no Gateway is given at all, nobody knows them. */
const showsGateways = (cluster: Cluster): boolean =>
  cluster.resources.kubernetesGateways.size > 0 && !isUnread([cluster], 'kubernetesGateways')

export const waypointNotBound: Rule = {
  code: 'PRX113',
  name: 'waypoint-not-bound',
  severity: 'WARNING',
  istio: [],
  kiali: ['KIA1313'],
  summary: 'A label names a waypoint that is not there, or does not take the object: calls go past it (AMB-40, AMB-41, AMB-42).',
  *check({ clusters }): Iterable<Breach> {
    for (const cluster of clusters.values()) if (showsGateways(cluster)) yield* judge(cluster)
  },
}
