import type { SentAssertions, VersionContent } from '#analyst/analyst'
import type { WorkSignal } from '#engine/model/work-signal'
import type { Report } from '#engine/model/report'
import { valueOf } from '../questions/value-of.js'
import type { Asking } from '../dependencies.js'

/** What validate says of a stored version, held also to assertions that are sent along. */
export const reportVersion = async (
  { analyst, now }: Asking,
  version: VersionContent,
  assertions?: SentAssertions,
  signal?: WorkSignal,
): Promise<Report> => valueOf(await analyst.ask('report', { at: now(), assertions, signal }, version))
