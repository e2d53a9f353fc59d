import { deleteUnused } from './contents.js'
import type { Database } from './database.js'
import { tell } from './access/audit.js'
import type { By } from './store.js'
import { commit, inTransaction, rollBack } from './transaction.js'

/**
 * Deletes a topology with its versions, tags and the contents that no other topology shares; false when there is none.
 *
 * The row itself stays as a tombstone that keeps the counter.
 */
export function deleteTopology({ pool }: Database, name: string, by: By): Promise<boolean> {
  return inTransaction(pool, async (client) => {
    const { rowCount } = await client.query(
      'UPDATE topology SET deleted_at = now(), floor = head, description = NULL WHERE name = $1 AND deleted_at IS NULL',
      [name],
    )
    if (rowCount !== 1) return rollBack(false)
    await client.query('DELETE FROM tag WHERE topology = $1', [name])
    await client.query('DELETE FROM pruned_version WHERE topology = $1', [name])
    await client.query('DELETE FROM idempotency WHERE topology = $1', [name])
    const { rows } = await client.query<{ digest: string; places_digest: string }>(
      'DELETE FROM part WHERE topology = $1 RETURNING digest, places_digest',
      [name],
    )
    const headers = await client.query<{ places_digest: string | null }>(
      'DELETE FROM version WHERE topology = $1 RETURNING places_digest',
      [name],
    )
    const ofHeaders = headers.rows.flatMap((row) => row.places_digest ?? [])
    await deleteUnused(client, [...new Set([...rows.flatMap((row) => [row.digest, row.places_digest]), ...ofHeaders])])
    await tell(client, by, { topology: name })
    return commit(true)
  })
}
