// What is left after kill -9? Needs a build, and a Postgres server where one is asked for: DATABASE_URL, else one of its own.
//
//   npx tsx -C source bench/reliability/kill.ts [embedded|server|replicas]… [--kills 20]
//
// Eight writers append by token to three topologies; the process is killed at another moment each time, and started again. Every version that was
// acknowledged has to be there with its content, numbers without gaps, one entry of the audit for each version. Of replicas one is killed
// while the other goes on.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { startPostgresServer } from '../../scripts/postgres-server.mjs'
import { median } from '../median.js'
import { killUnderWrites } from './kill-under-writes.js'

const { values, positionals } = parseArgs({ options: { kills: { type: 'string', default: '20' } }, allowPositionals: true })
const kills = Number(values.kills)
const stores = positionals.length === 0 ? ['embedded', 'server', 'replicas'] : positionals

async function onServer<T>(name: string, work: (environment: Readonly<Record<string, string>>) => Promise<T>): Promise<T> {
  if (name === 'embedded') return work({})
  const server = await startPostgresServer()
  try {
    return await work({ DATABASE_URL: await server.createDatabase('killed') })
  } finally {
    await server.stop()
  }
}

const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(1)} s`

for (const store of stores) {
  const scratch = mkdtempSync(join(tmpdir(), 'sightline-kill-'))
  const tell = (line: string): void => console.log(`${store}: ${line}`)
  try {
    const {
      kills: done,
      history,
      restarts,
      differences,
    } = await onServer(store, (environment) =>
      killUnderWrites({ replicas: store === 'replicas' ? 2 : 1, kills, scratch, environment, tell }),
    )
    const { acknowledged, unknown, refused } = history
    tell(`${done} kills, ${acknowledged.length} versions acknowledged, ${unknown} appends without an answer`)
    tell(
      `refused: ${JSON.stringify([...refused])}; ready again after ${seconds(median(restarts))}, at most ${seconds(Math.max(...restarts))}`,
    )
    tell(JSON.stringify(differences))
    if (Object.values(differences).some((count) => count > 0)) process.exitCode = 1
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}
