import { writeObjectsYaml } from '#engine/manifests/write-yaml'
import { clusterEntry } from './document.js'
import type { KubernetesObject } from './kubernetes-object.js'
import { planMesh, type Size } from './plan.js'

/** One cluster of 60 namespaces, as an export of it would lie in a repository: 62 files, of about 6 and 34 MB together. */
export const exportSizes = {
  small: { clusters: 1, services: 360, pods: 1_750, namespaces: 60 },
  large: { clusters: 1, services: 2_060, pods: 10_250, namespaces: 60 },
} as const satisfies Readonly<Record<string, Size>>

/** A file of manifests: what it holds, and how that is written. */
export interface ManifestFile {
  readonly name: string
  readonly objects: readonly KubernetesObject[]
  readonly yaml: string
}

/** The objects of one cluster, one YAML file a namespace, and one for those that have none. */
export function manifestFiles(size: Size): readonly ManifestFile[] {
  const plan = planMesh(size)
  const files = new Map<string, KubernetesObject[]>()
  for (const object of plan.clusters.flatMap((cluster) => clusterEntry(plan, cluster).resources)) {
    const name = `${object.metadata.namespace ?? 'cluster'}.yaml`
    const known = files.get(name)
    if (known === undefined) files.set(name, [object])
    else known.push(object)
  }
  return [...files].map(([name, objects]) => ({ name, objects, yaml: writeObjectsYaml(objects) }))
}
