import { admit } from '#access/admit'
import type { SentAssertions, Upload } from '#analyst/analyst'
import type { Report } from '#engine/model/report'
import type { Asking } from '../dependencies.js'
import { valueOf } from '../questions/value-of.js'

/** What validate says of a document that is not stored, held also to assertions that are sent along. */
export async function validateDocument({ analyst, now, caller }: Asking, upload: Upload, assertions?: SentAssertions): Promise<Report> {
  admit(caller, 'validateDocument')
  return valueOf(await analyst.ask('validate', { upload, at: now(), assertions }))
}
