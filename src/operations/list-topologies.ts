import type { TopologySummary } from '#engine/model/stored-version'
import type { Dependencies } from './dependencies.js'
import { type Listed, listed, type PageInput, readPage } from './page.js'
import { topologySummaryOf } from './version-summary.js'

/** Topologies by name. */
export async function listTopologies({ store }: Dependencies, page: PageInput): Promise<Listed<TopologySummary>> {
  const { items, nextCursor } = await store.listTopologies(readPage(page))
  return listed(items.map(topologySummaryOf), (topology) => topology.name, nextCursor !== null)
}
