import { callbackify } from 'node:util'
import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { AppError } from '#engine/model/app-error'
import { outliveConnections } from './outlive-connections.js'
import type { Database } from './database.js'
import { PrismaClient } from './generated/client.js'
import { sqlState, storeError } from './store-error.js'

const oldestMajor = 14

/**
 * Connects to a Postgres server and refuses one that cannot hold the promises: too old, or in recovery.
 *
 * Every wait is bounded, here and there: a stalled server gives STORE_UNAVAILABLE within ten seconds, not a hanging request.
 */
export async function openServer(url: string): Promise<Database> {
  const pool = new pg.Pool({
    connectionString: url,
    max: 10,
    connectionTimeoutMillis: 2_000,
    query_timeout: 9_000,
    statement_timeout: 8_000,
    lock_timeout: 2_000,
    idle_in_transaction_session_timeout: 10_000,
    keepAlive: true,
    application_name: 'sightline',
    // A replica that has been promoted or demoted since: never write to, or read heads from, one in recovery.
    verify: (client, done) => callbackify(requirePrimary)(client, (error) => (error ? done(error) : done())),
  })
  outliveConnections(pool)
  try {
    await requireVersion(pool)
  } catch (error) {
    await pool.end()
    throw refused(error) ?? storeError(error)
  }
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) })
  const close = async (): Promise<void> => {
    await prisma.$disconnect()
    await pool.end()
  }
  return { kind: 'SERVER', pool, prisma, requireSpace: async () => {}, reclaim: async () => {}, close }
}

/** Wrong name, password or database: it does not pass by itself. */
function refused(error: unknown): AppError | undefined {
  const known = /^(28|3D|42501)/.test(sqlState(error)) && error instanceof Error
  return known ? new AppError('STORE_UNUSABLE', `the database server refuses the connection: ${error.message}`) : undefined
}

async function requirePrimary(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query<{ recovering: boolean }>('SELECT pg_is_in_recovery() AS recovering')
  if (rows[0]?.recovering !== false) throw new AppError('STORE_UNUSABLE', 'the database server is in recovery and takes no writes')
}

async function requireVersion(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query<{ number: number; encoding: string }>(
    "SELECT current_setting('server_version_num')::int AS number, current_setting('server_encoding') AS encoding",
  )
  const [server] = rows
  if (!server || server.number < oldestMajor * 10_000) {
    throw new AppError('STORE_UNUSABLE', `the database server must be Postgres ${oldestMajor} or newer`)
  }
  if (server.encoding !== 'UTF8') throw new AppError('STORE_UNUSABLE', `the database must be encoded in UTF8, not ${server.encoding}`)
}
