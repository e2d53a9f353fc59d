import { admit } from '#access/admit'
import type { VerifiedStore } from '#engine/model/stored/kept-store'
import type { Dependencies } from '../dependencies.js'

/** Read everything that is stored, and say what is not what its name says it is. */
export async function verifyStore({ store, caller }: Pick<Dependencies, 'store' | 'caller'>): Promise<VerifiedStore> {
  admit(caller, 'verifyStore')
  const { damaged, ...counts } = await store.verify()
  return { ...counts, damaged: damaged.map(({ what, name, versions }) => ({ what, name, versions: [...versions] })) }
}
