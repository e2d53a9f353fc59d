import type { Labels, Meta } from '../../resources/meta.js'
import type { Cluster } from '../../snapshot/snapshot.js'

const nameKey = 'istio.io/use-waypoint'
const placeKey = 'istio.io/use-waypoint-namespace'
const canaryNameKey = 'istio.io/use-waypoint-canary'
const canaryPlaceKey = 'istio.io/use-waypoint-canary-namespace'

/** The waypoint that labels name; `none` opts out and names nobody. */
export interface NamedWaypoint {
  readonly namespace: string
  readonly name: string
}

const named = (labels: Labels | undefined, namespace: string, key: string, place: string): NamedWaypoint | 'NONE' | undefined => {
  const name = labels?.[key]
  if (name === undefined || name === '') return undefined
  return name === 'none' ? 'NONE' : { name, namespace: labels?.[place] ?? namespace }
}

export const namedIn = (labels: Labels | undefined, namespace: string): NamedWaypoint | 'NONE' | undefined =>
  named(labels, namespace, nameKey, placeKey)

/** The second waypoint, which gets a share of the calls (AMB-46). */
export const canaryIn = (labels: Labels | undefined, namespace: string): NamedWaypoint | undefined => {
  const found = named(labels, namespace, canaryNameKey, canaryPlaceKey)
  return found === 'NONE' ? undefined : found
}

/** The waypoint of a Service, ServiceEntry or workload: by its own labels, else by its namespace's (AMB-40). */
export function waypointOf(cluster: Cluster, { namespace, labels }: Pick<Meta, 'namespace' | 'labels'>): NamedWaypoint | undefined {
  const found = namedIn(labels, namespace) ?? namedIn(cluster.resources.namespaces.get(namespace)?.meta.labels, namespace)
  return found === 'NONE' ? undefined : found
}
