import type { KubernetesGateway } from '../../resources/kubernetes/kubernetes-gateway.js'
import type { Labels, Meta } from '../../resources/meta.js'
import type { Cluster } from '../../snapshot/snapshot.js'

const nameKey = 'istio.io/use-waypoint'
const placeKey = 'istio.io/use-waypoint-namespace'

/** The waypoint that labels name; `none` opts out and names nobody. */
export interface NamedWaypoint {
  readonly namespace: string
  readonly name: string
}

export function namedIn(labels: Labels | undefined, namespace: string): NamedWaypoint | 'NONE' | undefined {
  const name = labels?.[nameKey]
  if (name === undefined || name === '') return undefined
  return name === 'none' ? 'NONE' : { name, namespace: labels?.[placeKey] ?? namespace }
}

/** The waypoint of a Service: by its own labels, else by its namespace's (AMB-40). */
export function waypointOf(cluster: Cluster, { namespace, labels }: Meta): NamedWaypoint | undefined {
  const found = namedIn(labels, namespace) ?? namedIn(cluster.resources.namespaces.get(namespace)?.meta.labels, namespace)
  return found === 'NONE' ? undefined : found
}

export const findWaypoint = ({ resources }: Cluster, { namespace, name }: NamedWaypoint): KubernetesGateway | undefined =>
  resources.kubernetesGateways.get(namespace)?.find(({ meta }) => meta.name === name)
