import { admit } from '#access/admit'
import { viewFor } from '#access/view-for'
import type { InventoryService, VersionContent } from '#analyst/analyst'
import { valueOf } from './value-of.js'
import type { Asking } from '../dependencies.js'
import { type Listed, listed, type PageInput, readPage } from '../page.js'

export type { InventoryService }

/** Services of a version, merged by host across clusters, by host and namespace. */
export async function listServices(
  { analyst, caller }: Asking,
  version: VersionContent,
  page: PageInput,
): Promise<Listed<InventoryService>> {
  admit(caller, 'listServices')
  const { items, hasMore } = valueOf(await analyst.ask('services', { page: readPage(page), view: viewFor(caller, version) }, version))
  return listed(items, (service) => service.key, hasMore)
}
