import { admit } from '#access/admit'
import type { SentAssertions, VersionContent } from '#analyst/analyst'
import type { WorkSignal } from '#engine/model/work-signal'
import type { Report } from '#engine/model/report'
import type { Asking } from '../dependencies.js'
import { reportOf } from './report-of.js'

/** What validate says of a stored version, held also to assertions that are sent along. */
export async function reportVersion(
  asking: Asking,
  version: VersionContent,
  assertions?: SentAssertions,
  signal?: WorkSignal,
): Promise<Report> {
  admit(asking.caller, 'reportVersion')
  return reportOf(asking, version, assertions, signal)
}
