import type { TopologySummary } from '#engine/model/stored-version'
import type { Dependencies } from '../dependencies.js'
import { type Listed, listed, type PageInput, boundPage } from '../page.js'
import { topologySummaryOf } from '../versions/summary-of.js'

/** Topologies by name. */
export async function listTopologies({ store }: Dependencies, page: PageInput): Promise<Listed<TopologySummary>> {
  const { items, nextCursor } = await store.listTopologies(boundPage(page))
  return listed(items.map(topologySummaryOf), ({ name }) => `topologies:${name}`, nextCursor !== null)
}
