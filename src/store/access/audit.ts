import type pg from 'pg'
import type { Database } from '../database.js'
import { decodeNumber, encodeCursor } from '../cursor.js'
import type { AuditEntry, By, Denial, PageOf, PageRequest } from '../store.js'
import { guarded } from '../store-error.js'
import { commit, inTransaction } from '../transaction.js'

/** What was done, beside who did it. */
export interface Done {
  readonly topology?: string
  readonly version?: number
  readonly subject?: string
  readonly outcome?: 'DONE' | 'UNCHANGED'
}

/** Tells what was done, in the transaction that does it: there is neither without the other. */
export async function tell(client: Pick<pg.ClientBase, 'query'>, { who, deed, address }: By, done: Done): Promise<void> {
  const { topology = null, version = null, subject = null, outcome = 'DONE' } = done
  await client.query('INSERT INTO audit (who, deed, address, topology, version, subject, outcome) VALUES ($1, $2, $3, $4, $5, $6, $7)', [
    who,
    deed,
    address,
    topology,
    version,
    subject,
    outcome,
  ])
}

/** Tells what was refused. */
export async function recordDenials({ pool }: Database, denials: readonly Denial[]): Promise<void> {
  await guarded(() =>
    pool.query(
      `INSERT INTO audit (who, deed, address, topology, outcome, times)
       SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::int[])`,
      [
        denials.map(({ who }) => who),
        denials.map(({ deed }) => deed),
        denials.map(({ address }) => address),
        denials.map(({ topology }) => topology),
        denials.map(({ outcome }) => outcome),
        denials.map(({ times }) => times),
      ],
    ),
  )
}

interface Row extends Omit<AuditEntry, 'id'> {
  readonly id: string
}

/** The newest first. */
export async function listAudit({ pool }: Database, { first, after }: PageRequest): Promise<PageOf<AuditEntry>> {
  const before = after === undefined ? null : decodeNumber('audit', after)
  const { rows } = await guarded(() =>
    pool.query<Row>(
      `SELECT id, at, who, deed, address, topology, version, subject, outcome, times FROM audit
       WHERE $1::bigint IS NULL OR id < $1 ORDER BY id DESC LIMIT $2`,
      [before, first + 1],
    ),
  )
  const items = rows.slice(0, first).map((row) => ({ ...row, id: Number(row.id) }))
  const last = items.at(-1)
  return { items, nextCursor: rows.length > first && last ? encodeCursor('audit', `${last.id}`) : null }
}

/** Lets go of what is older than that; how many rows there were. The database keeps those of the last 30 days whatever it is told. */
export const forgetAudit = ({ pool }: Database, before: Date): Promise<number> =>
  inTransaction(pool, async (client) => {
    await client.query("SET LOCAL sightline.retention = 'on'")
    const { rowCount } = await client.query("DELETE FROM audit WHERE at < least($1, now() - interval '30 days')", [before])
    return commit(rowCount ?? 0)
  })
