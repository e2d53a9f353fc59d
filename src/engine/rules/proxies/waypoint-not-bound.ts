import type { Meta } from '../../resources/meta.js'
import type { Cluster } from '../../snapshot/snapshot.js'
import type { Breach, Rule } from '../rule.js'
import { isUnread } from '../unlisted-services.js'
import { namedIn, type NamedWaypoint } from '../../snapshot/named-waypoint.js'
import { findWaypoint, judgeBinding, waypointClass } from '../../istiod/ambient/waypoint.js'

type Subject = 'SERVICE' | 'WORKLOAD' | 'NAMESPACE'

interface Labelled {
  readonly meta: Meta
  readonly subject: Subject
  /** The namespace whose objects are meant. */
  readonly home: string
}

/** A namespace means services and workloads, and is met where either is taken; of other classes' Gateways only their own controllers know. */
function whyPassedBy(cluster: Cluster, named: NamedWaypoint, { subject, home }: Labelled): string | undefined {
  const gateway = findWaypoint(cluster, named)
  if (gateway !== undefined && gateway.className !== waypointClass) return undefined
  if (subject !== 'NAMESPACE') return judgeBinding(cluster, named, subject, home).passedBy
  const whys = (['SERVICE', 'WORKLOAD'] as const).map((one) => judgeBinding(cluster, named, one, home).passedBy)
  return whys.includes(undefined) ? undefined : whys[0]
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
    const why = named === undefined || named === 'NONE' ? undefined : whyPassedBy(cluster, named, one)
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
