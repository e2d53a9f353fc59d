import { admit } from '#access/admit'
import { viewFor } from '#access/view-for'
import type { VersionContent, WorkloadFactAsked, WorkloadFacts } from '#analyst/analyst'
import type { Asking } from '../dependencies.js'
import { valueOf } from '../questions/value-of.js'

export type { WorkloadFactAsked, WorkloadFacts }

/** What stands beside workloads that a list has told of, in order; null of one that is not there, or not shown. */
export async function relateWorkloads(
  { analyst, now, caller }: Asking,
  version: VersionContent,
  asked: readonly WorkloadFactAsked[],
): Promise<readonly (WorkloadFacts[keyof WorkloadFacts] | null)[]> {
  admit(caller, 'relateWorkloads')
  return valueOf(await analyst.ask('workloadFacts', { asked, at: now(), view: viewFor(caller, version) }, version))
}
