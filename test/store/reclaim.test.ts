import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '#store/database'
import { migrate } from '#store/migrate'
import { openDatabase } from '#store/open-database'
import { createPrismaStore } from '#store/prisma-store'
import { migrationsFolder, readMigrations } from '#store/read-migrations'
import { by } from './by.js'
import { contentOf, newVersion } from './new-version.js'

const scratch = mkdtempSync(join(tmpdir(), 'reclaim-'))
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

const bytesOf = async ({ pool }: Database): Promise<number> =>
  Number((await pool.query<{ bytes: string }>("SELECT pg_total_relation_size('chunk') AS bytes")).rows[0]?.bytes)

const pruning = { keep: 1, before: undefined, dryRun: false }

describe('the embedded database', () => {
  let database: Database
  beforeAll(async () => {
    database = await openDatabase({ dataDir: scratch })
    await migrate(database.pool, await readMigrations(migrationsFolder))
  })
  afterAll(() => database?.close())

  it('writes over what was pruned: its files stop growing', async () => {
    const store = createPrismaStore(database)
    const sizes: number[] = []
    for (let round = 0; round < 5; round += 1) {
      for (let count = 0; count < 8; count += 1) {
        // Of bytes that no compression makes smaller.
        const content = contentOf(randomBytes(200_000))
        const text = `${round} ${count}`
        const parts = [{ cluster: 'west', digest: content.digest, placesDigest: content.digest }]
        expect((await store.append(newVersion('shop', text, { parts, contents: [content] }), by)).result).toBe('CREATED')
      }
      await store.prune('shop', pruning, by)
      sizes.push(await bytesOf(database))
    }
    // Eight versions and the one that was kept: 9 × 200 kB, not 40.
    expect(Math.max(...sizes)).toBeLessThan(3_000_000)
    expect(sizes.at(-1)).toBe(sizes[2])
  }, 120_000)

  it('keeps nobody waiting for that who prunes', async () => {
    let asked = 0
    const reclaim = (): Promise<void> => new Promise(() => (asked += 1))
    const store = createPrismaStore({ ...database, reclaim })
    for (const text of ['old', 'new']) await store.append(newVersion('bank', text), by)
    expect(await store.prune('bank', { ...pruning, dryRun: true }, by)).toEqual([1])
    expect(asked).toBe(0)
    expect(await store.prune('bank', pruning, by)).toEqual([1])
    expect(asked).toBe(1)
  })
})
