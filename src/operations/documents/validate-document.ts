import { admit } from '#access/admit'
import type { SentAssertions, Upload } from '#analyst/analyst'
import type { WorkSignal } from '#engine/model/work-signal'
import type { Report } from '#engine/model/report'
import type { Asking } from '../dependencies.js'
import { reportCandidate } from './report-candidate.js'

/** What validate says of a document that is not stored, held also to assertions that are sent along. */
export async function validateDocument(asking: Asking, upload: Upload, assertions?: SentAssertions, signal?: WorkSignal): Promise<Report> {
  admit(asking.caller, 'validateDocument')
  return reportCandidate(asking, upload, assertions, signal)
}
