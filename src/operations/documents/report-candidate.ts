import type { SentAssertions, Upload } from '#analyst/analyst'
import type { WorkSignal } from '#engine/model/work-signal'
import type { Report } from '#engine/model/report'
import { valueOf } from '../questions/value-of.js'
import type { Means } from '../dependencies.js'

/** What validate says of a document that is not stored, held also to assertions that are sent along. */
export const reportCandidate = async (
  { analyst, now }: Omit<Means, 'store'>,
  upload: Upload,
  assertions?: SentAssertions,
  signal?: WorkSignal,
): Promise<Report> => valueOf(await analyst.ask('validate', { upload, at: now(), assertions, signal }))
