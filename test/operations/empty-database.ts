import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Database } from '#store/database'
import { migrate } from '#store/migrate'
import { openDatabase } from '#store/open-database'
import { migrationsFolder, readMigrations } from '#store/read-migrations'
import { newDataDir } from '../store/new-data-dir.js'

/** Open and empty, and nobody's: to open an embedded database takes four seconds of the processor, to empty it a small part of one. */
const idle: Database[] = []

/** An embedded database in which nothing is yet; `giveBack` empties it for the next one who takes it. */
export async function takeEmptyDatabase(): Promise<Database> {
  return idle.pop() ?? (await open())
}

export async function giveBack(database: Database): Promise<void> {
  const { rows } = await database.pool.query<{ name: string }>(
    "SELECT quote_ident(tablename) AS name FROM pg_tables WHERE schemaname = 'public' AND tablename <> '_prisma_migrations'",
  )
  const tables = rows.map(({ name }) => name).join(', ')
  // In one go on one connection, without the triggers that let nothing be changed.
  await database.pool.query(
    `SET session_replication_role = replica; TRUNCATE ${tables} RESTART IDENTITY CASCADE; RESET session_replication_role`,
  )
  idle.push(database)
}

async function open(): Promise<Database> {
  const dataDir = await newDataDir(mkdtempSync(join(tmpdir(), 'empty-database-')))
  const database = await openDatabase({ dataDir })
  await migrate(database.pool, await readMigrations(migrationsFolder))
  return database
}
