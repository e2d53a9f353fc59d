import { admit } from '#access/admit'
import { viewFor } from '#access/view-for'
import type { InventoryWorkload, VersionContent } from '#analyst/analyst'
import { valueOf } from './value-of.js'
import type { Asking } from '../dependencies.js'
import { type Listed, listed, type PageInput, readPage } from '../page.js'

export type { InventoryWorkload }

/** Workloads of a version, by cluster, namespace, name and kind. */
export async function listWorkloads(
  { analyst, caller }: Asking,
  version: VersionContent,
  page: PageInput,
): Promise<Listed<InventoryWorkload>> {
  admit(caller, 'listWorkloads')
  const { items, hasMore } = valueOf(await analyst.ask('workloads', { page: readPage(page), view: viewFor(caller, version) }, version))
  return listed(items, (workload) => workload.key, hasMore)
}
