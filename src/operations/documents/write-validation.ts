import { admit } from '#access/admit'
import type { Upload } from '#analyst/analyst'
import type { Manner, WrittenReport } from '#engine/model/written'
import type { Asking } from '../dependencies.js'
import { valueOf } from '../questions/value-of.js'
import type { Held } from './held.js'

/** What validate says of a document that is not stored, written for those who pass it on. */
export async function writeValidation(
  { analyst, now, caller }: Asking,
  upload: Upload,
  manner: Manner,
  { assertions, baseline, signal }: Held = {},
): Promise<WrittenReport> {
  admit(caller, 'writeValidation')
  const asked = { upload, manner, at: now(), assertions, signal }
  const answer = baseline === undefined ? analyst.ask('writtenValidation', asked) : analyst.ask('writtenValidation', asked, baseline)
  return valueOf(await answer)
}
