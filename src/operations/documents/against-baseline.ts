import { admit } from '#access/admit'
import type { VersionContent } from '#analyst/analyst'
import type { Dependencies } from '../dependencies.js'
import type { VersionAddress } from '../versions/find-version.js'
import { findVersion } from '../versions/find-version.js'

/** The stored version that a report is held against, as it is judged now: what is new, unchanged and fixed. */
export async function againstBaseline(dependencies: Dependencies, address: VersionAddress): Promise<VersionContent> {
  admit(dependencies.caller, 'againstBaseline', address.topology)
  return (await findVersion(dependencies, address)).content
}
