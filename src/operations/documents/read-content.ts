import type { VersionContent } from '#analyst/analyst'
import type { Dependencies } from '../dependencies.js'
import { readVersion, type VersionAddress } from '../versions/read-version.js'

/** What the questions are asked about: the content of the version at an address. */
export const readContent = async (dependencies: Dependencies, address: VersionAddress): Promise<VersionContent> =>
  (await readVersion(dependencies, address)).content
