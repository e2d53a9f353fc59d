// node scripts/with-postgres.mjs COMMAND [ARG…]: runs the command with DATABASE_URL pointing at a fresh Postgres server,
// which ends with the command. The exit code is the command's; 1 where there is no server, and then nothing is run.
import { spawn } from 'node:child_process'
import { startPostgresServer } from './postgres-server.mjs'

const [command, ...args] = process.argv.slice(2)
if (!command) throw new Error('usage: node scripts/with-postgres.mjs COMMAND [ARG…]')

async function run() {
  const server = await startPostgresServer()
  try {
    const DATABASE_URL = await server.createDatabase('sightline')
    const child = spawn(command, args, { stdio: 'inherit', env: { ...process.env, DATABASE_URL } })
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => child.kill(signal))
    return await new Promise((resolve, reject) => {
      child.once('error', reject)
      child.once('close', (status) => resolve(status ?? 1))
    })
  } finally {
    await server.stop()
  }
}

const status = await run().catch((error) => {
  console.error(`with-postgres: ${error.message}`)
  return 1
})
process.exit(status)
