import { admit } from '#access/admit'
import { by } from '#access/by'
import { noTopology } from '#access/no-topology'
import type { Dependencies } from '../dependencies.js'

/** Delete a topology with its versions; created again, its numbers go on. */
export async function deleteTopology({ store, caller }: Dependencies, name: string): Promise<void> {
  admit(caller, 'deleteTopology', name)
  if (!(await store.deleteTopology(name, by(caller, 'deleteTopology')))) throw noTopology(name)
}
