import { AppError } from '#engine/model/app-error'
import type { TopologySummary } from '#engine/model/stored-version'
import type { Dependencies } from '../dependencies.js'
import { isName } from './name.js'
import { topologySummaryOf } from '../versions/summary-of.js'

/** The topology of a name, or TOPOLOGY_NOT_FOUND. */
export async function readTopology({ store }: Dependencies, name: string): Promise<TopologySummary> {
  const topology = isName(name) ? await store.findTopology(name) : undefined
  if (topology === undefined) throw new AppError('TOPOLOGY_NOT_FOUND', `there is no topology \`${name}\``)
  return topologySummaryOf(topology)
}
