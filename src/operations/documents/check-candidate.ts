import { admit } from '#access/admit'
import type { SentAssertions, Upload } from '#analyst/analyst'
import type { Manner, WrittenReport } from '#engine/model/written'
import type { WorkSignal } from '#engine/model/work-signal'
import type { Dependencies } from '../dependencies.js'
import { valueOf } from '../questions/value-of.js'
import { checkCompatibility } from '../topologies/check-compatibility.js'
import { findTopology } from '../topologies/find-topology.js'
import { findVersion, type VersionAddress } from '../versions/find-version.js'

export interface Candidate {
  readonly upload: Upload
  /** Sent along, besides those of the document. */
  readonly assertions?: SentAssertions | undefined
  readonly signal?: WorkSignal | undefined
}

/** May this document follow that version? Nothing is stored. */
export async function checkCandidate(
  dependencies: Dependencies,
  candidate: Candidate,
  address: VersionAddress,
  manner: Manner,
): Promise<WrittenReport> {
  const { analyst, now, caller } = dependencies
  admit(caller, 'checkCandidate', address.topology)
  const { summary, content } = await findVersion(dependencies, address)
  const { topology, number, contentHash } = summary
  const { compatibility } = await findTopology(dependencies, topology)
  checkCompatibility(compatibility)
  const follows = { against: { topology, number, contentHash }, compatibility }
  return valueOf(await analyst.ask('writtenValidation', { ...candidate, manner, follows, at: now() }, content))
}
