// npx tsx -C source scripts/diff-migrations.ts: prints the SQL that the next migration needs after an edit of
// schema.prisma. Offline: scratch embedded databases stand in for the development and the shadow database.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type pg from 'pg'
import { openDatabase } from '#store/open-database'
import { migrationsFolder, readMigrations } from '#store/read-migrations'
import { diffFromMigrations, schemaEngine } from './schema-engine.js'

const scratch = mkdtempSync(join(tmpdir(), 'migrations-'))
const opened = [await openDatabase({ dataDir: join(scratch, 'main') })]
const shadow = async (): Promise<pg.Pool> => {
  const database = await openDatabase({ dataDir: join(scratch, `shadow-${opened.length}`) })
  opened.push(database)
  return database.pool
}
const [main] = opened
if (main) console.log(await diffFromMigrations(await schemaEngine(main.pool, shadow), await readMigrations(migrationsFolder)))
for (const database of opened) await database.close()
rmSync(scratch, { recursive: true, force: true })
