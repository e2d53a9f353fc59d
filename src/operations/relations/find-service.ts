import { admit } from '#access/admit'
import { viewFor } from '#access/view-for'
import type { InventoryService, ServiceName, VersionContent } from '#analyst/analyst'
import type { Asking } from '../dependencies.js'
import { valueOf } from '../questions/value-of.js'

/** One service of a version by its host; null: there is none, or none that is shown. */
export async function findService(
  { analyst, caller }: Asking,
  version: VersionContent,
  name: ServiceName,
): Promise<InventoryService | null> {
  admit(caller, 'findService')
  return valueOf(await analyst.ask('service', { name, view: viewFor(caller, version) }, version))
}
