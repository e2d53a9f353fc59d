import type { ByNamespace, ClusterResources } from '../resources/cluster-resources.js'
import type { Meta } from '../resources/meta.js'

type Owned = { readonly meta: Meta }

/** Names of the maps that hold a kind by namespace. */
type Kind = {
  [K in keyof ClusterResources]: ClusterResources[K] extends ByNamespace<Owned> ? (K extends 'endpointSlices' ? never : K) : never
}[keyof ClusterResources]
type Item<K extends Kind> = ClusterResources[K] extends ByNamespace<infer T> ? T : never

const isSame = (a: Owned, b: Owned): boolean => a.meta.kind === b.meta.kind && a.meta.name === b.meta.name

/** A cluster's objects with one of them in another form; everything else is shared. An object that is not there stays absent. */
export const changeObject = <K extends Kind>(
  resources: ClusterResources,
  kind: K,
  { meta }: Owned,
  change: (object: Item<K>) => Item<K>,
): ClusterResources => {
  const map = resources[kind] as unknown as ByNamespace<Item<K> & Owned>
  const list = map.get(meta.namespace)
  if (list === undefined) return resources
  const changed = list.map((object) => (isSame(object, { meta }) ? change(object) : object))
  return { ...resources, digest: '', [kind]: new Map(map).set(meta.namespace, changed as (Item<K> & Owned)[]) }
}
