import { pause } from '../pause.js'
import type { MeshService } from '../snapshot/services/mesh-service.js'
import type { Cluster, Snapshot } from '../snapshot/snapshot.js'
import type { InventoryService } from './inventory.js'
import { byKey } from './page-of.js'
import { remembered } from '../remembered.js'

/** Services of every control plane's registry, merged by host and namespace, and those of clusters that no control plane reads. */
export const inventoryServices = remembered((snapshot: Snapshot): readonly InventoryService[] => {
  const merged = new Map<string, InventoryService>()
  const read = new Set<string>()
  for (const name of snapshot.controlPlanes.keys()) {
    const view = snapshot.view(name)
    for (const cluster of view.clusters) read.add(cluster.name)
    for (const service of view.services) add(merged, ofRegistry(service))
  }
  for (const cluster of snapshot.clusters.values()) {
    if (!read.has(cluster.name)) for (const service of ofCluster(cluster)) add(merged, service)
  }
  return [...merged.values()].toSorted(byKey)
})

function add(merged: Map<string, InventoryService>, service: InventoryService): void {
  pause()
  const known = merged.get(service.key)
  if (known === undefined) return void merged.set(service.key, service)
  const clusters = [...new Set([...known.clusters, ...service.clusters])].toSorted()
  const ports = new Map([...service.ports, ...known.ports].map((port) => [port.number, port]))
  merged.set(service.key, { ...known, clusters, ports: [...ports.values()].toSorted((a, b) => a.number - b.number) })
}

const ofRegistry = ({ hostname, namespace, definitions, ports }: MeshService): InventoryService => ({
  key: `${hostname} ${namespace}`,
  host: hostname,
  namespace,
  clusters: definitions.map(({ cluster }) => cluster).toSorted(),
  ports: ports.map(({ number, name, protocol }) => ({ number, name, protocol })),
})

const ofCluster = ({ name: cluster, clusterDomain, resources }: Cluster): readonly InventoryService[] =>
  [...resources.services.values()].flat().map(({ meta: { name, namespace }, ports }) => {
    const host = `${name}.${namespace}.svc.${clusterDomain}`
    return {
      key: `${host} ${namespace}`,
      host,
      namespace,
      clusters: [cluster],
      ports: ports.map((port) => ({ number: port.number, name: port.name, protocol: port.protocol })),
    }
  })
