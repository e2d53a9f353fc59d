// Brings the schema up to date at start, on both kinds of database, with the bookkeeping Prisma's own tool would keep.
// Each migration is one transaction with its record: killed at any moment, the next start finds it done or not begun.

import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { AppError } from '#engine/model/app-error'
import type { Migration } from './read-migrations.js'

const advisoryKey = 72707369 // the one that `prisma migrate` takes

/** The table exactly as Prisma creates it. */
const bookkeeping = `CREATE TABLE IF NOT EXISTS _prisma_migrations (
    id                      VARCHAR(36) PRIMARY KEY NOT NULL,
    checksum                VARCHAR(64) NOT NULL,
    finished_at             TIMESTAMPTZ,
    migration_name          VARCHAR(255) NOT NULL,
    logs                    TEXT,
    rolled_back_at          TIMESTAMPTZ,
    started_at              TIMESTAMPTZ NOT NULL DEFAULT now(),
    applied_steps_count     INTEGER NOT NULL DEFAULT 0
)`

interface Recorded {
  readonly migration_name: string
  readonly checksum: string
  readonly finished_at: Date | null
}

/**
 * Applies what is missing and returns its names; several processes may start at once.
 *
 * Rejects with STORE_UNUSABLE when an applied migration was edited, one failed half-way under another tool, or the schema
 * is more than one migration ahead of this program.
 */
export async function migrate(pool: pg.Pool, migrations: readonly Migration[]): Promise<readonly string[]> {
  const client = await pool.connect()
  try {
    // Waiting for another process's migration may take longer than any request may.
    await client.query("SET lock_timeout = '60s'; SET statement_timeout = 0")
    await client.query(patient(`SELECT pg_advisory_lock(${advisoryKey})`, 70_000))
    await client.query(bookkeeping)
    const { rows } = await client.query<Recorded>(
      'SELECT migration_name, checksum, finished_at FROM _prisma_migrations WHERE rolled_back_at IS NULL',
    )
    const missing = missingOf(migrations, rows)
    for (const migration of missing) await applyOne(client, migration)
    return missing.map(({ name }) => name)
  } finally {
    await client.query(`ROLLBACK; SELECT pg_advisory_unlock(${advisoryKey}); RESET lock_timeout; RESET statement_timeout`).catch(() => {})
    client.release()
  }
}

/** A query that may take longer than the pool's limit; the driver reads this setting, which its types leave out. */
const patient = (text: string, limit: number): pg.QueryConfig & { readonly query_timeout: number } => ({ text, query_timeout: limit })

function missingOf(migrations: readonly Migration[], recorded: readonly Recorded[]): readonly Migration[] {
  const failed = recorded.find((row) => row.finished_at === null)
  if (failed) throw unusable(`migration \`${failed.migration_name}\` failed before; resolve it first`)
  const known = new Map(migrations.map((migration) => [migration.name, migration.checksum]))
  const edited = recorded.find((row) => known.has(row.migration_name) && known.get(row.migration_name) !== row.checksum)
  if (edited) throw unusable(`migration \`${edited.migration_name}\` was edited after it was applied`)
  const ahead = recorded.filter((row) => !known.has(row.migration_name))
  if (ahead.length > 1) throw unusable(`the database was made by a newer program (migration \`${ahead[0]?.migration_name}\`)`)
  const done = new Set(recorded.map((row) => row.migration_name))
  return migrations.filter(({ name }) => !done.has(name))
}

const unusable = (message: string): AppError => new AppError('STORE_UNUSABLE', message)

async function applyOne(client: pg.PoolClient, { name, sql, checksum }: Migration): Promise<void> {
  await client.query('BEGIN')
  await client.query(patient(sql, 600_000))
  await client.query(
    'INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count) VALUES ($1, $2, $3, clock_timestamp(), 1)',
    [randomUUID(), checksum, name],
  )
  await client.query('COMMIT')
}
