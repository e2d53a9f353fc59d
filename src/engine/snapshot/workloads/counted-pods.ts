import { remembered } from '../../remembered.js'
import type { ClusterResources } from '../../resources/cluster-resources.js'
import type { PodController } from '../../resources/kubernetes/pod-controller.js'
import type { Labels } from '../../resources/meta.js'
import type { Cluster } from '../snapshot.js'
import type { Workload } from './workload.js'

/** A label that Kubernetes gives to every pod of a StatefulSet: the pod's own name. */
const POD_NAME = 'statefulset.kubernetes.io/pod-name'

type Resources = Pick<Cluster, 'resources'>

const controllersIn = remembered(
  ({ podControllers }: ClusterResources, namespace: string): ReadonlyMap<string, PodController> =>
    new Map((podControllers.get(namespace) ?? []).map((controller) => [`${controller.meta.kind}/${controller.meta.name}`, controller])),
)

export const controllerOf = ({ resources }: Resources, { namespace, owner }: Workload): PodController | undefined =>
  controllersIn(resources, namespace).get(`${owner.kind}/${owner.name}`)

/** How many pods of one StatefulSet are counted through. */
const most = 10_000

function ordinalsOf(cluster: Resources, workload: Workload): { readonly first: number; readonly count: number } {
  const { firstOrdinal: first = 0, replicas = 1 } = controllerOf(cluster, workload) ?? {}
  return { first, count: Math.min(replicas, most) }
}

/** The pods that a StatefulSet makes of which only the set is given, from `spec.ordinals.start` on. */
export function countedPods(cluster: Resources, workload: Workload): readonly string[] {
  const { first, count } = ordinalsOf(cluster, workload)
  return Array.from({ length: count }, (_, index) => `${workload.name}-${first + index}`)
}

/** One pod of a StatefulSet: the set's name, and where the pod stands in it. */
export interface CountedPod {
  readonly set: string
  readonly ordinal: number
}

/** What a pod's name says where it is one of a StatefulSet. */
export function countedPod(name: string): CountedPod | undefined {
  const dash = name.lastIndexOf('-')
  const ordinal = Number(name.slice(dash + 1))
  return dash > 0 && Number.isSafeInteger(ordinal) && name === `${name.slice(0, dash)}-${ordinal}`
    ? { set: name.slice(0, dash), ordinal }
    : undefined
}

/** The StatefulSet whose pod has that name, were it counted far enough. */
export function setOfPod({ resources }: Resources, namespace: string, name: string): PodController | undefined {
  const pod = countedPod(name)
  return pod === undefined ? undefined : controllersIn(resources, namespace).get(`StatefulSet/${pod.set}`)
}

/** A selector of a single pod of a StatefulSet, and the labels that it asks for beside the pod's name. */
export function singlePodOf(selector: Labels): (CountedPod & { readonly others: Labels }) | undefined {
  const { [POD_NAME]: name, ...others } = selector
  const pod = name === undefined ? undefined : countedPod(name)
  return pod === undefined ? undefined : { ...pod, others }
}

/** Does it stand for pods of a StatefulSet of which only the set is given? */
export const isCounted = ({ synthesised, owner }: Workload): boolean => synthesised && owner.kind === 'StatefulSet'

/** Is the pod one of those that it stands for? */
export function standsFor(cluster: Resources, workload: Workload, { set, ordinal }: CountedPod): boolean {
  if (!isCounted(workload) || workload.name !== set) return false
  const { first, count } = ordinalsOf(cluster, workload)
  return ordinal >= first && ordinal < first + count
}
