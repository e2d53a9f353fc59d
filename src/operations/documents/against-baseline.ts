import { withChanges } from '#engine/model/with-changes'
import type { WorkSignal } from '#engine/model/work-signal'
import type { Report } from '#engine/model/report'
import type { Dependencies } from '../dependencies.js'
import type { VersionAddress } from '../versions/read-version.js'
import { readContent } from './read-content.js'
import { reportVersion } from './report-version.js'

/** The report with what is new, unchanged and fixed against that of a stored version, as it is judged now. */
export async function againstBaseline(
  dependencies: Dependencies,
  report: Report,
  address: VersionAddress,
  signal?: WorkSignal,
): Promise<Report> {
  return withChanges(report, await reportVersion(dependencies, await readContent(dependencies, address), undefined, signal))
}
