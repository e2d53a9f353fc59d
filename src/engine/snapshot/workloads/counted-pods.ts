import type { Labels } from '../../resources/meta.js'
import type { PodController } from '../../resources/kubernetes/pod-controller.js'
import type { Cluster } from '../snapshot.js'
import type { Workload } from './workload.js'

/** A label that Kubernetes gives to every pod of a StatefulSet: the pod's own name. */
const POD_NAME = 'statefulset.kubernetes.io/pod-name'

export const controllerOf = ({ resources }: Pick<Cluster, 'resources'>, { namespace, owner }: Workload): PodController | undefined =>
  resources.podControllers.get(namespace)?.find(({ meta }) => meta.kind === owner.kind && meta.name === owner.name)

/** How many pods of one StatefulSet are counted through. */
const most = 10_000

/** The pods that a StatefulSet makes of which only the set is given, from `spec.ordinals.start` on. */
export function countedPods(cluster: Pick<Cluster, 'resources'>, workload: Workload): readonly string[] {
  const { firstOrdinal = 0, replicas = 1 } = controllerOf(cluster, workload) ?? {}
  return Array.from({ length: Math.min(replicas, most) }, (_, index) => `${workload.name}-${firstOrdinal + index}`)
}

/** A selector of a single pod of a StatefulSet: its name, and the labels that are asked for beside. */
export function singlePodOf(selector: Labels): { readonly name: string; readonly others: Labels } | undefined {
  const name = selector[POD_NAME]
  if (name === undefined) return undefined
  return { name, others: Object.fromEntries(Object.entries(selector).filter(([key]) => key !== POD_NAME)) }
}

/** Is it one of the pods that the instance stands for, of which only the StatefulSet is given? */
export const standsFor = (cluster: Pick<Cluster, 'resources'>, workload: Workload, name: string): boolean =>
  workload.synthesised && workload.owner.kind === 'StatefulSet' && countedPods(cluster, workload).includes(name)
