import { admit } from '#access/admit'
import type { TopologySummary } from '#engine/model/stored/stored-version'
import type { Dependencies } from '../dependencies.js'
import { type Listed, listed, type PageInput, boundPage } from '../page.js'
import { topologyInView } from './topology-in-view.js'
import { topologySummaryOf } from '../versions/summary-of.js'

/** Topologies by name, those that are there for the caller. */
export async function listTopologies({ store, caller }: Dependencies, page: PageInput): Promise<Listed<TopologySummary>> {
  admit(caller, 'listTopologies')
  const { items, nextCursor } = await store.listTopologies(boundPage(page), caller.topologies)
  return listed(
    items.map((topology) => topologyInView(caller, topologySummaryOf(topology))),
    ({ name }) => `topologies:${name}`,
    nextCursor !== null,
  )
}
