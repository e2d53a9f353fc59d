import type pg from 'pg'
import type { Database } from './database.js'
import { commit, inTransaction, rollBack } from './transaction.js'

/**
 * Deletes a topology with its versions, tags and the contents that no other topology shares; false when there is none.
 *
 * The row itself stays as a tombstone that keeps the counter.
 */
export function deleteTopology({ pool }: Database, name: string): Promise<boolean> {
  return inTransaction(pool, async (client) => {
    const { rowCount } = await client.query(
      'UPDATE topology SET deleted_at = now(), floor = head, description = NULL WHERE name = $1 AND deleted_at IS NULL',
      [name],
    )
    if (rowCount !== 1) return rollBack(false)
    await client.query('DELETE FROM tag WHERE topology = $1', [name])
    await client.query('DELETE FROM idempotency WHERE topology = $1', [name])
    const { rows } = await client.query<{ digest: string; places_digest: string }>(
      'DELETE FROM part WHERE topology = $1 RETURNING digest, places_digest',
      [name],
    )
    await client.query('DELETE FROM version WHERE topology = $1', [name])
    await deleteUnused(client, [...new Set(rows.flatMap((row) => [row.digest, row.places_digest]))])
    return commit(true)
  })
}

/**
 * INVARIANT: two statements. The first waits for appends that are about to refer to one of these; only the second, which
 * sees what they committed, decides.
 */
async function deleteUnused(client: pg.ClientBase, digests: readonly string[]): Promise<void> {
  await client.query('SELECT FROM content WHERE digest = ANY($1) ORDER BY digest FOR UPDATE', [digests])
  await client.query(
    `DELETE FROM content WHERE digest = ANY($1)
     AND NOT EXISTS (SELECT FROM part WHERE part.digest = content.digest)
     AND NOT EXISTS (SELECT FROM part WHERE part.places_digest = content.digest)`,
    [digests],
  )
}
