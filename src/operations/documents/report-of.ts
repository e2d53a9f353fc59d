import type { SentAssertions, VersionContent } from '#analyst/analyst'
import type { WorkSignal } from '#engine/model/work-signal'
import type { Report } from '#engine/model/report'
import { valueOf } from '../questions/value-of.js'
import type { Means } from '../dependencies.js'

/** What validate says of a stored version, held also to assertions that are sent along. */
export const reportOf = async (
  { analyst, now }: Omit<Means, 'store'>,
  version: VersionContent,
  assertions?: SentAssertions,
  signal?: WorkSignal,
): Promise<Report> => valueOf(await analyst.ask('report', { at: now(), assertions, signal }, version))
