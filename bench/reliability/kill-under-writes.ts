import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type RunningService, startService } from '../service.js'
import { type History, newHistory, startWriters } from './appends.js'
import { createToken } from './ask.js'
import { compareWithHistory, type Differences } from './compare-with-history.js'

/** What happened: `differences` of the last look, which counts all versions since the first. */
export interface KillReport {
  readonly kills: number
  readonly history: History
  /** Milliseconds from each start after a kill to the first answer that the service is ready. */
  readonly restarts: readonly number[]
  readonly differences: Differences
}

export interface Killing {
  /** Processes on one store; of more than one, one is killed at a time, in turns, and the others go on. */
  readonly replicas: number
  readonly kills: number
  /** A folder of its own. */
  readonly scratch: string
  /** Of the service: `DATABASE_URL`, where it is not to be the embedded store. */
  readonly environment?: Readonly<Record<string, string>>
  readonly tell?: (line: string) => void
}

const writers = 8

/** Writes under tokens, kills a process with SIGKILL at another moment each time, starts it again and looks whether all is there. */
export async function killUnderWrites({ replicas, kills, scratch, environment = {}, tell = () => {} }: Killing): Promise<KillReport> {
  const adminFile = join(scratch, 'admin')
  const start = () => startService(join(scratch, 'data'), { ADMIN_TOKEN_FILE: adminFile, RATE_LIMIT: '0', ...environment })
  const running: RunningService[] = []
  const restarts: number[] = []
  const history = newHistory()
  const portOf = (writer: number): number | undefined => running[writer % running.length]?.port
  const replaceKilled = async (): Promise<RunningService> => {
    const since = performance.now()
    const again = await startAgain(start)
    restarts.push(performance.now() - since)
    return again
  }
  try {
    for (let count = 0; count < replicas; count += 1) running.push(await startAgain(start))
    const admin = readFileSync(adminFile, 'utf8').trim()
    const token = (scope: string): Promise<string> => createToken(running[0]?.port ?? 0, admin, [scope])
    const [reader, writer] = [await token('read'), await token('write')]
    const look = (): Promise<Differences> => compareWithHistory(running[0]?.port ?? 0, { reader, admin }, history)
    for (let kill = 0; kill < kills; kill += 1) {
      const stop = startWriters(portOf, writer, history, writers)
      await untilMore(history, 5)
      // Another moment each time, from the middle of an append to some dozens later.
      await pause((kill * 37) % 500)
      const [victim] = running.splice(0, 1)
      await victim?.kill()
      // Of replicas the others go on, also while one of them starts.
      if (replicas > 1) await untilMore(history, 5)
      running.push(await replaceKilled())
      await stop()
      const differences = await look()
      tell(`kill ${kill + 1}: ${history.acknowledged.length} acknowledged, ${history.unknown} unknown, ${JSON.stringify(differences)}`)
      if (Object.values(differences).some((count) => count > 0)) break
    }
    return { kills: restarts.length, history, restarts, differences: await look() }
  } finally {
    for (const each of running) await each.stop()
  }
}

/** As whoever watches over processes does: one that could not start is started again, thrice at most. */
async function startAgain(start: () => Promise<RunningService>, times = 3): Promise<RunningService> {
  try {
    return await start()
  } catch (error) {
    if (times === 1) throw error
    return startAgain(start, times - 1)
  }
}

const pause = (milliseconds: number): Promise<void> => new Promise((resume) => setTimeout(resume, milliseconds))

async function untilMore({ acknowledged }: History, count: number): Promise<void> {
  const wanted = acknowledged.length + count
  while (acknowledged.length < wanted) await pause(5)
}
