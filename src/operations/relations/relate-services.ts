import { admit } from '#access/admit'
import { viewFor } from '#access/view-for'
import type { ServiceFactAsked, ServiceFacts, VersionContent } from '#analyst/analyst'
import type { Asking } from '../dependencies.js'
import { valueOf } from '../questions/value-of.js'

export type { ServiceFactAsked, ServiceFacts }

/** What stands beside services that a list has told of, in order; null of one that is not there, or not shown. */
export async function relateServices(
  { analyst, now, caller }: Asking,
  version: VersionContent,
  asked: readonly ServiceFactAsked[],
): Promise<readonly (ServiceFacts[keyof ServiceFacts] | null)[]> {
  admit(caller, 'relateServices')
  return valueOf(await analyst.ask('serviceFacts', { asked, at: now(), view: viewFor(caller, version) }, version))
}
