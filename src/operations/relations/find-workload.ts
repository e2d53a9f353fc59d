import { admit } from '#access/admit'
import { viewFor } from '#access/view-for'
import type { InventoryWorkload, VersionContent, WorkloadName } from '#analyst/analyst'
import type { Asking } from '../dependencies.js'
import { valueOf } from '../questions/value-of.js'

/** One workload of a version; null: there is none, or none that is shown. */
export async function findWorkload(
  { analyst, caller }: Asking,
  version: VersionContent,
  name: WorkloadName,
): Promise<InventoryWorkload | null> {
  admit(caller, 'findWorkload')
  return valueOf(await analyst.ask('workload', { name, view: viewFor(caller, version) }, version))
}
