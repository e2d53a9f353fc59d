import { admit } from '#access/admit'
import type { SentAssertions, Upload } from '#analyst/analyst'
import { type Check, judgeCandidate } from '#engine/model/check'
import type { WorkSignal } from '#engine/model/work-signal'
import { withChanges } from '#engine/model/with-changes'
import type { Dependencies } from '../dependencies.js'
import { checkCompatibility } from '../topologies/check-compatibility.js'
import { findTopology } from '../topologies/find-topology.js'
import { findVersion, type VersionAddress } from '../versions/find-version.js'
import { reportCandidate } from './report-candidate.js'
import { reportOf } from './report-of.js'

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
  admit(dependencies.caller, 'checkCandidate', address.topology)
  const { summary, content } = await findVersion(dependencies, address)
  const { topology, number, contentHash } = summary
  const { compatibility } = await findTopology(dependencies, topology)
  checkCompatibility(compatibility)
  const made = await reportCandidate(dependencies, upload, assertions, signal)
  const report = withChanges(made, await reportOf(dependencies, content, undefined, signal))
  return { ...judgeCandidate(report), against: { topology, number, contentHash }, compatibility }
}
