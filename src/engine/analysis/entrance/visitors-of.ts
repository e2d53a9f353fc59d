import type { Cluster, Snapshot } from '../../snapshot/snapshot.js'
import { visitor } from '../../snapshot/workloads/visitor.js'
import type { Client } from '../call/call.js'

/** Of no cluster: nobody's DNS and nobody's own addresses count for it. */
const visitingClient = (snapshot: Snapshot, somewhere: Cluster): Client => ({
  snapshot,
  workload: visitor,
  cluster: { ...somewhere, name: '', network: { value: undefined, provenance: 'ASSUMED', because: [] } },
  view: undefined,
})

/** The client outside; none where there is no cluster to come into. */
export const visitorsOf = (snapshot: Snapshot): readonly Client[] =>
  [...snapshot.clusters.values()].slice(0, 1).map((somewhere) => visitingClient(snapshot, somewhere))
