import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '#store/database'
import { migrate } from '#store/migrate'
import { openDatabase } from '#store/open-database'
import { type Migration, migrationsFolder, readMigrations } from '#store/read-migrations'
import { diagnose, diffFromMigrations, nextAction, schemaEngine } from '../../scripts/schema-engine.js'
import { startPostgres } from './postgres-server.js'

const server = await startPostgres()
const scratch = mkdtempSync(join(tmpdir(), 'migrate-'))
const opened: Database[] = []
let ours: readonly Migration[] = []

const embedded = async (): Promise<Database> => {
  const database = await openDatabase({ dataDir: join(scratch, `${opened.length}`) })
  opened.push(database)
  return database
}
const remote = async (): Promise<Database> => {
  const database = await openDatabase({ url: (await server?.database()) ?? '' })
  opened.push(database)
  return database
}
/** An empty database for replaying migrations: on the server where there is one, which makes it at once. */
const shadow = async (): Promise<pg.Pool> => (await (server ? remote() : embedded())).pool
const tables = async (pool: pg.Pool): Promise<readonly string[]> => {
  const { rows } = await pool.query<{ name: string }>("SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
  return rows.map(({ name }) => name)
}
const migration = (name: string, sql: string): Migration => ({ name, sql, checksum: `checksum of ${sql}` })

beforeAll(async () => {
  ours = await readMigrations(migrationsFolder)
})
afterAll(async () => {
  for (const database of opened) await database.close()
  await server?.stop()
  rmSync(scratch, { recursive: true, force: true })
})

describe.each([
  ['embedded database', embedded, false],
  ['Postgres server', remote, !server],
] as const)('migrations on the %s', (_kind, open, leftOut) => {
  describe.skipIf(leftOut)('applied at start', () => {
    let pool: pg.Pool
    beforeAll(async () => {
      pool = (await open()).pool
    }, 120_000)

    it('make the schema once, and nothing the second time', async () => {
      expect(await migrate(pool, ours)).toEqual(ours.map(({ name }) => name))
      expect(await migrate(pool, ours)).toEqual([])
      expect(await tables(pool)).toContain('version')
    })

    it('leave records that Prisma finds complete: nothing edited, failed or pending', async () => {
      const engine = await schemaEngine(pool, shadow)
      const complete = { history: null, failedMigrationNames: [], editedMigrationNames: [], hasMigrationsTable: true }
      expect(await diagnose(engine, ours)).toEqual(complete)
    }, 60_000)

    it('make the schema of schema.prisma, from which a database made by hand is told apart', async () => {
      const engine = await schemaEngine(pool, shadow)
      expect((await diffFromMigrations(engine, ours)).trim()).toBe('-- This is an empty migration.')
      expect(await nextAction(engine, ours)).toBe('createMigration')
      await pool.query('CREATE TABLE stray (a INT)')
      expect(await nextAction(engine, ours)).toBe('reset')
      await pool.query('DROP TABLE stray')
    }, 120_000)

    it('are refused when one was edited after it was applied', async () => {
      const edited = ours.map((one) => ({ ...one, checksum: 'another' }))
      await expect(migrate(pool, edited)).rejects.toMatchObject({ code: 'STORE_UNUSABLE', message: expect.stringContaining('was edited') })
    })

    it('leave nothing behind when one fails, and the next start tries again', async () => {
      const broken = migration('29990101000000_broken', 'CREATE TABLE half_done (a INT); SELECT no_such_column FROM half_done')
      await expect(migrate(pool, [...ours, broken])).rejects.toThrow(/no_such_column/)
      expect(await tables(pool)).not.toContain('half_done')
      const mended = migration(broken.name, 'CREATE TABLE half_done (a INT)')
      expect(await migrate(pool, [...ours, mended])).toEqual([mended.name])
    })

    it('let a program of one migration ago start, but not one of two', async () => {
      const next = [migration('29990101000000_broken', 'CREATE TABLE half_done (a INT)'), migration('29990102000000_later', 'SELECT 1')]
      expect(await migrate(pool, ours)).toEqual([]) // half_done was applied above
      await migrate(pool, [...ours, ...next])
      await expect(migrate(pool, ours)).rejects.toMatchObject({ code: 'STORE_UNUSABLE', message: expect.stringContaining('newer program') })
    })
  })
})

describe.skipIf(!server)('several processes that start at once on an empty server', () => {
  it('apply each migration once', async () => {
    const { pool } = await remote()
    const applied = await Promise.all(Array.from({ length: 6 }, () => migrate(pool, ours)))
    expect(applied.flat()).toEqual(ours.map(({ name }) => name))
  })
})
