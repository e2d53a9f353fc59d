import { admit } from '#access/admit'
import type { TopologySummary } from '#engine/model/stored/stored-version'
import type { Dependencies } from '../dependencies.js'
import { topologyInView } from './topology-in-view.js'
import { findTopology } from './find-topology.js'

/** The topology of a name, or TOPOLOGY_NOT_FOUND. */
export async function readTopology(dependencies: Dependencies, name: string): Promise<TopologySummary> {
  admit(dependencies.caller, 'readTopology', name)
  return topologyInView(dependencies.caller, await findTopology(dependencies, name))
}
