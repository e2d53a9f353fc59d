import { admit } from '#access/admit'
import type { Dependencies } from '../dependencies.js'
import { inView } from './in-view.js'
import { findVersion, type FoundVersion, type VersionAddress } from './find-version.js'

/** The version at an address; TOPOLOGY_NOT_FOUND or VERSION_NOT_FOUND when there is none. */
export async function readVersion(dependencies: Dependencies, address: VersionAddress): Promise<FoundVersion> {
  admit(dependencies.caller, 'readVersion', address.topology)
  return inView(dependencies, dependencies.caller, await findVersion(dependencies, address))
}
