import type { Snapshot } from '../snapshot/snapshot.js'
import { indexBySelector } from '../snapshot/selector-index.js'
import { remembered } from '../remembered.js'

/** Every name of a gateway, `cluster/namespace/name`, by the place of its pods: of their owner, of Services that lead to it, of Gateways that select it. */
export const gatewayNames = remembered(({ clusters }: Snapshot): ReadonlyMap<string, ReadonlySet<string>> => {
  const names = new Map<string, Set<string>>()
  for (const cluster of clusters.values()) {
    const objects = [...cluster.resources.gateways.values()].flat()
    const selecting = indexBySelector(objects, ({ selector }) => selector)
    for (const namespace of cluster.namespaceNames) {
      const services = (cluster.resources.services.get(namespace) ?? []).filter(({ selector }) => selector !== undefined)
      const leading = indexBySelector(services, ({ selector = {} }) => selector)
      for (const { dataPlane, owner, labels } of cluster.workloads(namespace)) {
        if (dataPlane !== 'GATEWAY') continue
        const place = `${cluster.name}/${namespace}/${owner.name}`
        const known = names.get(place) ?? new Set([place])
        for (const { meta } of leading.matching(labels)) known.add(`${cluster.name}/${namespace}/${meta.name}`)
        for (const { meta } of selecting.matching(labels)) known.add(`${cluster.name}/${meta.namespace}/${meta.name}`)
        names.set(place, known)
      }
    }
  }
  return names
})
