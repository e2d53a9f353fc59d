import type { Pod } from '../../resources/kubernetes/pod.js'
import { remembered } from '../../remembered.js'
import type { Cluster } from '../snapshot.js'
import { controllerOf, countedPods } from './counted-pods.js'
import type { Workload } from './workload.js'

const podsByName = remembered((list: readonly Pod[]): ReadonlyMap<string, Pod> => new Map(list.map((pod) => [pod.meta.name, pod])))

const noPods: readonly Pod[] = []

/**
 * The names of its own that an instance has under the headless Service.
 *
 * Kubernetes and Istio give one to pods whose `subdomain` is the Service, as StatefulSets write it; where only the StatefulSet is given, its pods are
 * counted through from `spec.ordinals.start`, under the Service that it names. One that names none gives its pods none (DNS-4, DNS-12).
 */
export function podHostnames(cluster: Pick<Cluster, 'resources'>, workload: Workload, service: string): readonly string[] {
  const { namespace, name, owner, synthesised } = workload
  if (synthesised) return owner.kind === 'StatefulSet' ? ordinalNames(cluster, workload, service) : templateName(cluster, workload, service)
  const pod = podsByName(cluster.resources.pods.get(namespace) ?? noPods).get(name)
  if (pod?.subdomain === undefined) return owner.kind === 'StatefulSet' && mayName(cluster, workload, service) ? [name] : []
  return pod.subdomain === service ? [pod.hostname ?? name] : []
}

/** Pods of any other owner have random names: only a `hostname` of the template is one that can be asked for. */
function templateName(cluster: Pick<Cluster, 'resources'>, workload: Workload, service: string): readonly string[] {
  const { hostname, subdomain } = controllerOf(cluster, workload)?.template ?? {}
  return hostname === undefined || subdomain !== service ? [] : [hostname]
}

/** One that the document leaves out may name any Service. */
function mayName(cluster: Pick<Cluster, 'resources'>, workload: Workload, service: string): boolean {
  const set = controllerOf(cluster, workload)
  return set === undefined || set.serviceName === service
}

const ordinalNames = (cluster: Pick<Cluster, 'resources'>, workload: Workload, service: string): readonly string[] =>
  mayName(cluster, workload, service) ? countedPods(cluster, workload) : []
