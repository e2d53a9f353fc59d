import { by } from './by.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '#store/database'
import { migrate } from '#store/migrate'
import { createPrismaStore } from '#store/prisma-store'
import { openDatabase } from '#store/open-database'
import { migrationsFolder, readMigrations } from '#store/read-migrations'
import { newVersion } from './new-version.js'
import { startPostgres } from './postgres-server.js'

const server = await startPostgres()

describe.skipIf(!server)('what is stored', () => {
  let database: Database
  beforeAll(async () => {
    database = await openDatabase({ url: (await server?.database()) ?? '' })
    await migrate(database.pool, await readMigrations(migrationsFolder))
    const store = createPrismaStore(database)
    await store.append(newVersion('shop', 'a'), by)
    const token = { id: 't', digest: Buffer.from('t'), name: 't', scopes: ['read' as const], topologies: ['shop'], tenants: undefined }
    await store.createToken({ ...token, createdBy: 'operator', expiresAt: null }, by)
    await store.createToken({ ...token, id: 'u', digest: Buffer.from('u'), createdBy: 'operator', expiresAt: null }, by)
    await store.revokeToken('u', by)
    await database.pool.query("INSERT INTO audit (at, who, deed, outcome) VALUES (now() - interval '40 days', 'a', 'b', 'DONE')")
  }, 60_000)
  afterAll(async () => {
    await database.close()
    await server?.stop()
  })

  it.each([
    "UPDATE version SET message = 'other'",
    "UPDATE version SET message = 'other', places_digest = NULL",
    "UPDATE part SET digest = 'other'",
    'UPDATE part SET digest = places_digest, places_digest = digest',
    'UPDATE content SET size = 0',
    "UPDATE chunk SET body = ''",
    "UPDATE token SET scopes = '{admin}'",
    "UPDATE token SET topologies = '{*}', revoked_at = now()",
    "UPDATE token SET revoked_at = NULL WHERE id = 'u'",
    "UPDATE audit SET who = 'somebody'",
    'DELETE FROM audit',
    "DELETE FROM audit WHERE at < now() - interval '31 days'",
    "SET sightline.retention = 'on'; DELETE FROM audit",
    'TRUNCATE audit',
    'DELETE FROM part',
    'DELETE FROM version',
    'TRUNCATE part',
    'TRUNCATE version CASCADE',
  ])('cannot be changed behind the program’s back: %s', async (statement) => {
    await expect(database.pool.query(statement)).rejects.toMatchObject({ code: '55000' })
  })

  it.each([
    "INSERT INTO version (topology, number, content_hash, header) VALUES ('shop', 1, 'other', '{}')",
    "INSERT INTO version (topology, number, content_hash, header) VALUES ('shop', 0, 'other', '{}')",
  ])('has one version a number, counted from 1: %s', async (statement) => {
    await expect(database.pool.query(statement)).rejects.toMatchObject({ code: expect.stringMatching(/^(23505|23514)$/) })
  })
})
