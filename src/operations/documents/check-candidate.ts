import type { SentAssertions, Upload } from '#analyst/analyst'
import { type Check, judgeCandidate } from '#engine/model/check'
import type { WorkSignal } from '#engine/model/work-signal'
import { withChanges } from '#engine/model/with-changes'
import type { Dependencies } from '../dependencies.js'
import { checkCompatibility } from '../topologies/check-compatibility.js'
import { readTopology } from '../topologies/read-topology.js'
import { readVersion, type VersionAddress } from '../versions/read-version.js'
import { reportVersion } from './report-version.js'
import { validateDocument } from './validate-document.js'

export interface Candidate {
  readonly upload: Upload
  /** Sent along, besides those of the document. */
  readonly assertions?: SentAssertions | undefined
  readonly signal?: WorkSignal | undefined
}

/** May this document follow that version? Nothing is stored. */
export async function checkCandidate(
  dependencies: Dependencies,
  { upload, assertions, signal }: Candidate,
  address: VersionAddress,
): Promise<Check> {
  const { summary, content } = await readVersion(dependencies, address)
  const { topology, number, contentHash } = summary
  const { compatibility } = await readTopology(dependencies, topology)
  checkCompatibility(compatibility)
  const made = await validateDocument(dependencies, upload, assertions, signal)
  const report = withChanges(made, await reportVersion(dependencies, content, undefined, signal))
  return { ...judgeCandidate(report), against: { topology, number, contentHash }, compatibility }
}
