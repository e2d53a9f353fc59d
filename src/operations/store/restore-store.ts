import { by } from '#access/by'
import { admit } from '#access/admit'
import type { RestoredStore } from '#engine/model/stored/kept-store'
import type { Dependencies } from '../dependencies.js'

/**
 * Put a backup in place of what is stored: all of it, or, where it is damaged, nothing.
 *
 * STORE_NOT_EMPTY when there are topologies and `replace` does not say that they may go.
 */
export async function restoreStore(
  { store, caller }: Pick<Dependencies, 'store' | 'caller'>,
  backup: AsyncIterable<Uint8Array>,
  replace: boolean,
): Promise<RestoredStore> {
  admit(caller, 'restoreStore')
  return store.restore(backup, replace, by(caller, 'restoreStore'))
}
