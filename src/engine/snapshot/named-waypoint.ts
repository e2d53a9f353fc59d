import type { Labels, Meta } from '../resources/meta.js'
import type { NamespacesOf } from './namespace-labels.js'

export const waypointLabel = 'istio.io/use-waypoint'
const placeKey = 'istio.io/use-waypoint-namespace'
const canaryNameKey = 'istio.io/use-waypoint-canary'
const canaryPlaceKey = 'istio.io/use-waypoint-canary-namespace'

/** The waypoint that labels name; `none` opts out and names nobody. */
export interface NamedWaypoint {
  readonly namespace: string
  readonly name: string
}

/** An empty name is one too, which no waypoint has: the namespace's does not stand in for it. */
export function namedIn(labels: Labels | undefined, namespace: string): NamedWaypoint | 'NONE' | undefined {
  const name = labels?.[waypointLabel]
  if (name === undefined) return undefined
  return name === 'none' ? 'NONE' : { name, namespace: labels?.[placeKey] ?? namespace }
}

/** The second waypoint, which gets a share of the calls: of the first labels that speak of one (AMB-46). */
export function canaryIn(levels: readonly (Labels | undefined)[], namespace: string): NamedWaypoint | undefined {
  const labels = levels.find((one) => one?.[canaryNameKey] !== undefined)
  const name = labels?.[canaryNameKey] ?? ''
  return name === '' || name === 'none' ? undefined : { name, namespace: labels?.[canaryPlaceKey] ?? namespace }
}

/** The waypoint of a Service, ServiceEntry or workload: by its own labels, else by its namespace's (AMB-40). */
export function waypointOf(
  { resources }: NamespacesOf,
  { namespace, labels }: Pick<Meta, 'namespace' | 'labels'>,
): NamedWaypoint | undefined {
  const found = namedIn(labels, namespace) ?? namedIn(resources.namespaces.get(namespace)?.meta.labels, namespace)
  return found === 'NONE' ? undefined : found
}
