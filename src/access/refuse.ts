import type { AppError } from '#engine/model/app-error'
import type { Caller } from './caller.js'
import type { Deed } from './permissions.js'

/** Ends what the caller may not do, and has it told in the audit. */
export function refuse(caller: Caller, deed: Deed, topology: string | undefined, refusal: AppError): never {
  caller.denied?.({ deed, topology, code: refusal.code })
  throw refusal
}
