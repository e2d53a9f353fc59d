// How a version comes to be: one transaction, in which the topology's row is the lock and the only source of numbers.

import type pg from 'pg'
import { type Decision, decideAppend } from './decide-append.js'
import { writeContents } from './contents.js'
import type { Database } from './database.js'
import { lockTopology } from './lock-topology.js'
import { replacePlaces } from './replace-places.js'
import { tell } from './access/audit.js'
import type { By, NewVersion } from './store.js'
import { guarded } from './store-error.js'
import { commit, type Concluded, inTransaction, rollBack } from './transaction.js'

/** What became of it; `createdAt` only of a version that was stored just now. */
export type AppendResult =
  | Exclude<Decision, { readonly result: 'STORE' }>
  | { readonly result: 'CREATED'; readonly number: number; readonly createdAt: Date }

/**
 * Appends a version, or says why not: see Decision.
 *
 * Of writers with one expected head exactly one succeeds; numbers have no gaps, because a transaction that does not commit
 * gives its number back. Bodies are written before the row is locked, so that nobody waits for a slow upload.
 */
export async function append(database: Database, version: NewVersion, by: By): Promise<AppendResult> {
  await guarded(() => database.requireSpace(version.contents.reduce((sum, { body }) => sum + body.length, 0)))
  return inTransaction(database.pool, (client) => appendWith(client, version, by), version.idempotency !== undefined)
}

async function appendWith(client: pg.ClientBase, version: NewVersion, by: By): Promise<Concluded<AppendResult>> {
  const early = await decideAppend(client, version)
  if (early.result !== 'STORE' && !(early.result === 'UNCHANGED' && leavesTraces(version, early))) return rollBack(early)
  await writeContents(client, version.contents)
  const { row } = await lockTopology(client, version.topology)
  const decision = await decideAppend(client, version)
  if (decision.result === 'UNCHANGED') {
    if (decision.replaces.length > 0) await replacePlaces(client, version, decision.number, decision.replaces)
    await remember(client, version, decision.number, true)
    await tell(client, by, { topology: version.topology, version: decision.number, outcome: 'UNCHANGED' })
    return commit(decision)
  }
  if (decision.result !== 'STORE') return rollBack(decision)
  const number = row.head + 1
  const createdAt = await insertVersion(client, version, number)
  await remember(client, version, number, false)
  await tell(client, by, { topology: version.topology, version: number })
  return commit({ result: 'CREATED', number, createdAt })
}

/** What is unchanged may still have been written elsewhere, or have a key that its answer is kept under. */
const leavesTraces = ({ idempotency }: NewVersion, { replaces }: Extract<Decision, { readonly result: 'UNCHANGED' }>): boolean =>
  replaces.length > 0 || idempotency !== undefined

async function insertVersion(client: pg.ClientBase, version: NewVersion, number: number): Promise<Date> {
  const { topology, contentHash, header, placesDigest, parts, message, author } = version
  const { rows } = await client.query<{ created_at: Date }>(
    `INSERT INTO version (topology, number, content_hash, header, places_digest, message, author)
     VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING created_at`,
    [topology, number, contentHash, header, placesDigest, message, author],
  )
  await client.query(
    `INSERT INTO part (topology, number, ordinal, cluster, digest, places_digest)
     SELECT $1, $2, ordinal, cluster, digest, places_digest
     FROM unnest($3::text[], $4::text[], $5::text[]) WITH ORDINALITY AS given(cluster, digest, places_digest, ordinal)`,
    [
      topology,
      number,
      parts.map(({ cluster }) => cluster),
      parts.map(({ digest }) => digest),
      parts.map(({ placesDigest }) => placesDigest),
    ],
  )
  await client.query('UPDATE topology SET head = $2 WHERE name = $1', [topology, number])
  const [row] = rows
  if (!row) throw new Error('the database did not return the row it inserted')
  return row.created_at
}

/** Keeps the answer for whoever asks again with the same key within a day; expired ones of this topology go. */
async function remember(client: pg.ClientBase, { topology, idempotency }: NewVersion, number: number, unchanged: boolean): Promise<void> {
  if (!idempotency) return
  await client.query('DELETE FROM idempotency WHERE topology = $1 AND expires_at <= now()', [topology])
  await client.query(
    `INSERT INTO idempotency (topology, key, fingerprint, number, unchanged, expires_at)
     VALUES ($1, $2, $3, $4, $5, now() + interval '24 hours')`,
    [topology, idempotency.key, idempotency.fingerprint, number, unchanged],
  )
}
