import type { Service } from '../../resources/kubernetes/service.js'
import type { Cluster } from '../snapshot.js'
import { remembered } from '../../remembered.js'

const byName = remembered((list: readonly Service[]): ReadonlyMap<string, Service> => new Map(list.map((one) => [one.meta.name, one])))

/** The Service object of that name in this very cluster. */
export function findService(cluster: Cluster, namespace: string, name: string): Service | undefined {
  const list = cluster.resources.services.get(namespace)
  return list === undefined ? undefined : byName(list).get(name)
}
