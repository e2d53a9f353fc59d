import type { InventoryService } from '../inventory/inventory.js'
import type { Sight } from './sight.js'

/** Ports of the host as Services in view declare them: those of the same name elsewhere may have others. */
export const ownPorts = ({ snapshot, holds }: Sight, host: string, namespace: string): InventoryService['ports'] => {
  const declared = [...snapshot.clusters.values()].flatMap(({ name: cluster, clusterDomain, resources }) =>
    holds(cluster, namespace)
      ? (resources.services.get(namespace) ?? []).flatMap(({ meta, ports }) =>
          host === `${meta.name}.${namespace}.svc.${clusterDomain}` ? ports : [],
        )
      : [],
  )
  const ports = new Map(declared.map(({ number, name, protocol }) => [number, { number, name, protocol }]))
  return [...ports.values()].toSorted((a, b) => a.number - b.number)
}
