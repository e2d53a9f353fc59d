import { pause } from '../../pause.js'
import { remembered } from '../../remembered.js'
import type { ResourceRef } from '../../model/resource-ref.js'
import type { ClusterResources } from '../../resources/cluster-resources.js'
import type { Labels, Meta } from '../../resources/meta.js'
import type { PodSpec } from '../../resources/kubernetes/pod.js'
import type { Cluster } from '../snapshot.js'

/** An istiod as the objects of the cluster it runs in show it. */
export interface Istiod {
  readonly namespace: string
  /** '' for the default revision. */
  readonly revision: string
  readonly env: Readonly<Record<string, string>>
  /** Istio's version by the image's tag; undefined when the tag tells none. */
  readonly version: string | undefined
  readonly ref: ResourceRef
}

/** The revision called `default` is the default one. */
export const normalRevision = (revision: string | undefined): string => (revision === undefined || revision === 'default' ? '' : revision)

const versionOfImage = (image: string): string | undefined => /:v?(\d+\.\d+(?:\.\d+)?)/.exec(image)?.[1]

const istiodOf = (meta: Meta, spec: PodSpec, labels: Labels, ref: Cluster['ref']): Istiod | undefined => {
  if (spec.istiod === undefined) return undefined
  const { env, image } = spec.istiod
  return {
    namespace: meta.namespace,
    revision: normalRevision(env['REVISION'] ?? labels['istio.io/rev']),
    env,
    version: versionOfImage(image),
    ref: ref(meta),
  }
}

/** Another listed cluster whose API server the istiod serves from: `CLUSTER_ID` names its config cluster (TOPO-2, MODEL-24). */
export const servedElsewhere = (istiod: Istiod | undefined, own: string, clusters: ReadonlyMap<string, unknown>): string | undefined => {
  const id = istiod?.env['CLUSTER_ID']
  return id !== undefined && id !== own && clusters.has(id) ? id : undefined
}

const isIstiod = ({ istiod }: PodSpec): boolean => {
  pause()
  return istiod !== undefined
}

/** Controllers and pods that run an istiod, few of many. */
const controllersOf = remembered((all: ClusterResources['podControllers']) =>
  [...all.values()].flatMap((some) => some.filter(({ template }) => isIstiod(template))),
)
const podsOf = remembered((all: ClusterResources['pods']) => [...all.values()].flatMap((some) => some.filter(isIstiod)))

/** Every istiod of the cluster, one for each namespace and revision: its controller if given, else its first pod. */
export const findIstiods = ({ podControllers, pods }: ClusterResources, ref: Cluster['ref']): readonly Istiod[] => {
  const found = new Map<string, Istiod>()
  const add = (istiod: Istiod | undefined): void => {
    const key = istiod === undefined ? '' : `${istiod.namespace}/${istiod.revision}`
    if (istiod !== undefined && !found.has(key)) found.set(key, istiod)
  }
  for (const { meta, template } of controllersOf(podControllers)) add(istiodOf(meta, template, template.labels, ref))
  for (const pod of podsOf(pods)) add(istiodOf(pod.meta, pod, pod.meta.labels, ref))
  return [...found.values()]
}
