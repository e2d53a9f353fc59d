import { noTopology } from '#access/no-topology'
import type { TopologySummary } from '#engine/model/stored/stored-version'
import type { Means } from '../dependencies.js'
import { topologySummaryOf } from '../versions/summary-of.js'
import { isName } from './name.js'

/** The topology of a name, or TOPOLOGY_NOT_FOUND. */
export async function findTopology({ store }: Pick<Means, 'store'>, name: string): Promise<TopologySummary> {
  const topology = isName(name) ? await store.findTopology(name) : undefined
  if (topology === undefined) throw noTopology(name)
  return topologySummaryOf(topology)
}
