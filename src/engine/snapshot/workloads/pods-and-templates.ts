import { flatMap } from '../../flat-map.js'
import { pause } from '../../pause.js'
import type { ClusterResources } from '../../resources/cluster-resources.js'
import type { Pod } from '../../resources/kubernetes/pod.js'
import type { PodController } from '../../resources/kubernetes/pod-controller.js'
import { inNamespace } from '../../resources/read-cluster-resources.js'
import { type FindController, type Owner, topOwnerOf } from './owner-of.js'

const keyOf = (owner: Owner): string => `${owner.kind}/${owner.name}`
const finished = new Set(['Succeeded', 'Failed'])

const ownPod = (pod: Pod): Owner => ({ kind: 'Pod', name: pod.meta.name })

const controllerIndex = (controllers: readonly PodController[]): FindController => {
  const byKey = new Map(controllers.map((controller) => [keyOf(controller.meta), controller]))
  return (kind, name) => byKey.get(`${kind}/${name}`)
}

/** What runs in a namespace, by the objects alone: pods that have not ended, and the templates of which there is none. */
export interface PodsAndTemplates {
  readonly pods: readonly { readonly pod: Pod; readonly owner: Owner }[]
  readonly templates: readonly PodController[]
}

export const podsAndTemplates = (resources: ClusterResources, namespace: string): PodsAndTemplates => {
  const controllers = inNamespace(resources.podControllers, namespace)
  const find = controllerIndex(controllers)
  const pods = flatMap(inNamespace(resources.pods, namespace), (pod) => {
    pause()
    return finished.has(pod.phase) ? [] : { pod, owner: topOwnerOf(pod.owner, pod.meta.labels, find) ?? ownPod(pod) }
  })
  const owners = new Set(pods.map(({ owner }) => keyOf(owner)))
  return { pods, templates: controllers.filter((controller) => controller.owner === undefined && !owners.has(keyOf(controller.meta))) }
}
