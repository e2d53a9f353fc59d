import type { EndpointPath } from '../model/reachability.js'
import type { Snapshot } from '../snapshot/snapshot.js'
import type { Workload } from '../snapshot/workloads/workload.js'

/** The instance that a path ends at; undefined when it is none of the topology. */
export const serverOf = (snapshot: Snapshot, { cluster, address, workload }: EndpointPath): Workload | undefined => {
  const place = snapshot.clusters.get(cluster ?? '')
  if (place === undefined || workload === null) return undefined
  const [namespace = '', name = ''] = workload.split('/')
  const instances = place.workloads(namespace).filter((one) => one.owner.name === name)
  return instances.find((one) => one.ips.includes(address ?? '')) ?? instances[0]
}

/** The instances that the paths end at, one for each owner. */
export const serversOf = (snapshot: Snapshot, paths: readonly EndpointPath[]): readonly Workload[] => {
  const servers = paths.flatMap((path) => serverOf(snapshot, path) ?? [])
  return [...new Map(servers.map((server) => [ownerKey(server), server])).values()]
}

/** What is one workload, whatever the number of its instances. */
export const ownerKey = ({ cluster, namespace, owner }: Workload): string => `${cluster}/${namespace}/${owner.kind}/${owner.name}`
