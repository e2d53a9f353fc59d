import type { Service } from '../../resources/kubernetes/service.js'
import type { Cluster } from '../snapshot.js'

const byName = new WeakMap<readonly Service[], ReadonlyMap<string, Service>>()

/** The Service object of that name in this very cluster. */
export function findService(cluster: Cluster, namespace: string, name: string): Service | undefined {
  const list = cluster.resources.services.get(namespace)
  if (list === undefined) return undefined
  let index = byName.get(list)
  if (index === undefined) {
    index = new Map(list.map((service) => [service.meta.name, service]))
    byName.set(list, index)
  }
  return index.get(name)
}
