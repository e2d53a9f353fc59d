import type { Caller } from '#access/caller'
import type { Deed } from '#access/permissions'
import type { Answered, VersionContent } from '#analyst/analyst'
import { valueOf } from './value-of.js'

/** Who asks what about which version. */
export interface Asked {
  readonly caller: Caller
  readonly deed: Deed
  readonly version: VersionContent
}

/** Has it told in the audit where the engine refused the caller an answer: only there it is known whose things are asked about. */
export function tellRefusal({ caller, deed, version }: Asked, answered: Answered<unknown>): void {
  if ('problem' in answered && answered.problem.code === 'FORBIDDEN')
    caller.denied?.({ deed, topology: version.topology, code: answered.problem.code })
}

/** The analyst's value for this caller; its problem is thrown, and where it is a refusal the audit is told. */
export function answeredFor<T>(asked: Asked, answered: Answered<T>): T {
  tellRefusal(asked, answered)
  return valueOf(answered)
}
