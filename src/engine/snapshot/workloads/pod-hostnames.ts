import type { Pod } from '../../resources/kubernetes/pod.js'
import { remembered } from '../../remembered.js'
import type { Cluster } from '../snapshot.js'
import type { Workload } from './workload.js'

const podsByName = remembered((list: readonly Pod[]): ReadonlyMap<string, Pod> => new Map(list.map((pod) => [pod.meta.name, pod])))

const noPods: readonly Pod[] = []

/** How many names of one StatefulSet are counted through. */
const most = 10_000

/**
 * The names of its own that an instance has under the headless Service.
 *
 * Kubernetes and Istio give one to pods whose `subdomain` is the Service, as StatefulSets write it; where only the StatefulSet is given, its pods are
 * counted through from `spec.ordinals.start`, under the Service that it names (DNS-4, DNS-12).
 */
export function podHostnames(cluster: Pick<Cluster, 'resources'>, workload: Workload, service: string): readonly string[] {
  const { namespace, name, owner, synthesised } = workload
  if (synthesised) return owner.kind === 'StatefulSet' ? ordinalNames(cluster, workload, service) : []
  const pod = podsByName(cluster.resources.pods.get(namespace) ?? noPods).get(name)
  if (pod?.subdomain === undefined) return owner.kind === 'StatefulSet' ? [name] : []
  return pod.subdomain === service ? [pod.hostname ?? name] : []
}

function ordinalNames({ resources }: Pick<Cluster, 'resources'>, { namespace, name }: Workload, service: string): readonly string[] {
  const sets = resources.podControllers.get(namespace) ?? []
  const {
    firstOrdinal = 0,
    replicas = 1,
    serviceName = service,
  } = sets.find(({ meta }) => meta.kind === 'StatefulSet' && meta.name === name) ?? {}
  if (serviceName !== service) return []
  return Array.from({ length: Math.min(replicas, most) }, (_, index) => `${name}-${firstOrdinal + index}`)
}
