import { parseCidr } from '../../snapshot/networks/cidr.js'
import type { Cluster, Snapshot } from '../../snapshot/snapshot.js'

/** A cluster in whose stated ranges an address lies that none of its objects has. */
export interface Vacancy {
  readonly cluster: Cluster
  readonly range: string
}

/**
 * Does an address that nobody has belong to a cluster of the document after all? The caller's own cluster is looked at first.
 *
 * Such an address is not "somewhere outside": in a live cluster nobody is there, in a declared one nobody knows yet (NET-37).
 */
export function findVacancy(snapshot: Snapshot, from: string, address: string): Vacancy | undefined {
  const own = snapshot.clusters.get(from)
  const others = [...snapshot.clusters.values()].filter((cluster) => cluster !== own)
  for (const cluster of own === undefined ? others : [own, ...others]) {
    const range = [...cluster.podCidrs, ...cluster.serviceCidrs].find((text) => parseCidr(text)?.contains(address) === true)
    if (range !== undefined) return { cluster, range }
  }
  return undefined
}
