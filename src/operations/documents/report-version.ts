import { admit } from '#access/admit'
import type { VersionContent } from '#analyst/analyst'
import type { Manner, WrittenReport } from '#engine/model/written'
import type { Asking } from '../dependencies.js'
import { valueOf } from '../questions/value-of.js'
import type { Held } from './held.js'

/** What validate says of a stored version, written for those who pass it on. */
export async function reportVersion(
  { analyst, now, caller }: Asking,
  version: VersionContent,
  manner: Manner,
  { assertions, baseline, signal }: Held = {},
): Promise<WrittenReport> {
  admit(caller, 'reportVersion')
  const asked = { manner, at: now(), assertions, signal }
  const answer =
    baseline === undefined ? analyst.ask('writtenReport', asked, version) : analyst.ask('writtenReport', asked, version, baseline)
  return valueOf(await answer)
}
