import { admit } from '#access/admit'
import { by } from '#access/by'
import { AppError } from '#engine/model/app-error'
import type { VersionSummary } from '#engine/model/stored/stored-version'
import type { Dependencies } from '../dependencies.js'
import { checkName } from '../topologies/name.js'
import { findVersion, type VersionAddress } from './find-version.js'
import { summaryOf } from './summary-of.js'

/** Point a tag (an environment such as `production`) at a version. */
export async function putTag(dependencies: Dependencies, { topology, ref }: VersionAddress, tag: string): Promise<VersionSummary> {
  admit(dependencies.caller, tag === 'access' ? 'putAccessTag' : 'putTag', topology)
  checkName('tag', tag)
  const { summary } = await findVersion(dependencies, { topology, ref })
  const tagged = await dependencies.store.putTag(topology, tag, summary.number, by(dependencies.caller, 'putTag'))
  if (tagged === undefined) throw new AppError('VERSION_NOT_FOUND', `topology \`${topology}\` has no version \`${ref}\``)
  return summaryOf(tagged)
}
