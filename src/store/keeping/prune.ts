import type pg from 'pg'
import { deleteUnused } from '../contents.js'
import type { Database } from '../database.js'
import { parseRef } from '../resolve-refs.js'
import { tell } from '../access/audit.js'
import type { By, Pruning } from '../store.js'
import { commit, inTransaction, rollBack } from '../transaction.js'

/** Versions that go in one transaction: others wait for no more than that. */
const atOnce = 200

/**
 * The versions that a pruning is about, the oldest first: never the newest, never one that a tag points at, none of the `keep` newest, none
 * from `before` or later.
 */
const chosenQuery = `
  SELECT v.number FROM version v JOIN topology t ON t.name = v.topology
  WHERE t.name = $1 AND t.deleted_at IS NULL AND v.number > t.floor AND v.number < t.head
    AND NOT EXISTS (SELECT FROM tag WHERE tag.topology = v.topology AND tag.number = v.number)
    AND ($2::timestamptz IS NULL OR v.created_at < $2)
    AND v.number NOT IN (
      SELECT newest.number FROM version newest
      WHERE newest.topology = t.name AND newest.number > t.floor ORDER BY newest.number DESC LIMIT $3
    )
  ORDER BY v.number`

const chosen = async (client: Pick<pg.ClientBase, 'query'>, topology: string, { before, keep }: Pruning): Promise<readonly number[]> => {
  const { rows } = await client.query<{ number: number }>(chosenQuery, [topology, before ?? null, keep])
  return rows.map(({ number }) => number)
}

/** Forgets versions and the contents that no other one shares, and says which; what remains is that they were there. */
export async function prune({ pool }: Database, topology: string, pruning: Pruning, by: By): Promise<readonly number[]> {
  if (pruning.dryRun) return chosen(pool, topology, pruning)
  const gone: number[] = []
  for (;;) {
    const some = await inTransaction(pool, async (client) => {
      // Whoever appends has the row as well: which version is the newest stands still meanwhile.
      await client.query('SELECT FROM topology WHERE name = $1 FOR UPDATE', [topology])
      const numbers = (await chosen(client, topology, pruning)).slice(0, atOnce)
      if (numbers.length === 0) return rollBack(numbers)
      await forget(client, topology, numbers)
      for (const version of numbers) await tell(client, by, { topology, version })
      return commit(numbers)
    })
    for (const one of some) gone.push(one)
    if (some.length < atOnce) return gone
  }
}

async function forget(client: pg.ClientBase, topology: string, numbers: readonly number[]): Promise<void> {
  const those = [topology, numbers] as const
  await client.query(
    `INSERT INTO pruned_version (topology, number, content_hash, created_at)
     SELECT topology, number, content_hash, created_at FROM version WHERE topology = $1 AND number = ANY($2)`,
    [...those],
  )
  await client.query('DELETE FROM idempotency WHERE topology = $1 AND number = ANY($2)', [...those])
  const parts = await client.query<{ digest: string; places_digest: string }>(
    'DELETE FROM part WHERE topology = $1 AND number = ANY($2) RETURNING digest, places_digest',
    [...those],
  )
  const headers = await client.query<{ places_digest: string | null }>(
    'DELETE FROM version WHERE topology = $1 AND number = ANY($2) RETURNING places_digest',
    [...those],
  )
  const digests = [
    ...parts.rows.flatMap((row) => [row.digest, row.places_digest]),
    ...headers.rows.flatMap((row) => row.places_digest ?? []),
  ]
  await deleteUnused(client, [...new Set(digests)])
}

const prunedQuery = `
  SELECT FROM pruned_version p JOIN topology t ON t.name = p.topology AND t.deleted_at IS NULL AND p.number > t.floor
  WHERE p.topology = $1 AND (p.number = $2 OR p.content_hash = $3) LIMIT 1`

/** Was there a version called so that was pruned? */
export async function isPruned({ pool }: Database, topology: string, ref: string): Promise<boolean> {
  const { number = null, contentHash = null } = parseRef(ref) ?? {}
  const { rowCount } = await pool.query(prunedQuery, [topology, number, contentHash])
  return rowCount !== 0
}
