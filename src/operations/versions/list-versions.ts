import { admit } from '#access/admit'
import type { VersionSummary } from '#engine/model/stored/stored-version'
import type { Dependencies } from '../dependencies.js'
import { type Listed, listed, type PageInput, boundPage } from '../page.js'
import { findTopology } from '../topologies/find-topology.js'
import { summaryInView } from './in-view.js'
import { summaryOf } from './summary-of.js'

/** Versions of a topology, the newest first. */
export async function listVersions(dependencies: Dependencies, topology: string, page: PageInput): Promise<Listed<VersionSummary>> {
  admit(dependencies.caller, 'listVersions', topology)
  const request = boundPage(page)
  await findTopology(dependencies, topology)
  const { items, nextCursor } = await dependencies.store.listVersions(topology, request)
  return listed(
    items.map((version) => summaryInView(dependencies.caller, summaryOf(version))),
    ({ number }) => `versions:${number}`,
    nextCursor !== null,
  )
}
