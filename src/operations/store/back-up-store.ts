import { admit } from '#access/admit'
import type { Dependencies } from '../dependencies.js'

/** Back up everything that is stored, as of one moment, while others go on writing; a tar archive. Tokens and the audit are no part of it. */
export function backUpStore({ store, caller }: Pick<Dependencies, 'store' | 'caller'>): AsyncIterable<Uint8Array> {
  admit(caller, 'backUpStore')
  return store.backup()
}
