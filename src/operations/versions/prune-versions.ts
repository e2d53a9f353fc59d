import { by } from '#access/by'
import { admit } from '#access/admit'
import { noTopology } from '#access/no-topology'
import { AppError } from '#engine/model/app-error'
import type { PrunedVersions, PruneRequest } from '#engine/model/stored/kept-store'
import type { Dependencies } from '../dependencies.js'
import { checkName } from '../topologies/name.js'

/**
 * Forget old versions of a topology and what only they hold; never the newest, never one that a tag points at.
 *
 * Their numbers are not given out again, and they are answered as VERSION_PRUNED.
 */
export async function pruneVersions(
  { store, caller }: Pick<Dependencies, 'store' | 'caller'>,
  topology: string,
  { keep, before, dryRun = false }: PruneRequest,
): Promise<PrunedVersions> {
  admit(caller, 'pruneVersions', topology)
  checkName('topology', topology)
  if (keep === undefined && before === undefined) {
    const detail = 'say which versions may go: `keep` as many of the newest, or those stored `before` a moment'
    throw new AppError('PARAMETER_INVALID', detail, { errors: [{ code: 'NOTHING_STATED', detail, parameter: 'keep' }] })
  }
  if ((await store.findTopology(topology)) === undefined) throw noTopology(topology)
  const pruning = { keep: keep ?? 1, before: before === undefined ? undefined : new Date(before), dryRun }
  const numbers = await store.prune(topology, pruning, by(caller, 'pruneVersions'))
  return { topology, numbers: [...numbers], dryRun }
}
