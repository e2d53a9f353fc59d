import { AppError } from '#engine/model/app-error'
import type { Dependencies } from '../dependencies.js'

/** Delete a topology with its versions; created again, its numbers go on. */
export async function deleteTopology({ store }: Dependencies, name: string): Promise<void> {
  if (!(await store.deleteTopology(name))) throw new AppError('TOPOLOGY_NOT_FOUND', `there is no topology \`${name}\``)
}
