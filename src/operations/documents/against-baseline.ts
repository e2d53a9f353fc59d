import { admit } from '#access/admit'
import { withChanges } from '#engine/model/with-changes'
import type { WorkSignal } from '#engine/model/work-signal'
import type { Report } from '#engine/model/report'
import type { Dependencies } from '../dependencies.js'
import type { VersionAddress } from '../versions/find-version.js'
import { findVersion } from '../versions/find-version.js'
import { reportOf } from './report-of.js'

/** The report with what is new, unchanged and fixed against that of a stored version, as it is judged now. */
export async function againstBaseline(
  dependencies: Dependencies,
  report: Report,
  address: VersionAddress,
  signal?: WorkSignal,
): Promise<Report> {
  admit(dependencies.caller, 'againstBaseline', address.topology)
  const { content } = await findVersion(dependencies, address)
  return withChanges(report, await reportOf(dependencies, content, undefined, signal))
}
