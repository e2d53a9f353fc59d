import { admit } from '#access/admit'
import type { VersionContent } from '#analyst/analyst'
import type { Dependencies } from '../dependencies.js'
import { inView } from '../versions/in-view.js'
import { findVersion, type VersionAddress } from '../versions/find-version.js'

/** What the questions are asked about: the content of the version at an address. */
export async function readContent(dependencies: Dependencies, address: VersionAddress): Promise<VersionContent> {
  admit(dependencies.caller, 'readContent', address.topology)
  return (await inView(dependencies, dependencies.caller, await findVersion(dependencies, address))).content
}
