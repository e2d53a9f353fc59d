import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** The built service in a process of its own, on loopback, with the probe inside. */
export interface RunningService {
  readonly port: number
  /** Asks the probe. */
  ask<T>(command: string, details?: object): Promise<T>
  /** Ends it by its id and waits until it is gone. */
  stop(): Promise<void>
  /** Ends it at once, as nothing that it could notice (SIGKILL), and waits until it is gone. */
  kill(): Promise<void>
}

export interface Delay {
  readonly p50: number
  readonly p999: number
  readonly max: number
  readonly samples: number
}

interface Answer {
  readonly id?: number
  readonly port?: number
  readonly result?: unknown
}

const root = new URL('../', import.meta.url)
const entry = fileURLToPath(new URL('dist/main.js', root))
const probe = new URL('bench/probe.mjs', root).href

export async function startService(dataDir: string, stated: Readonly<Record<string, string>> = {}): Promise<RunningService> {
  if (!existsSync(entry)) throw new Error('dist/ is missing: run `npm run build` first')
  const environment = { PATH: process.env['PATH'], HOST: '127.0.0.1', PORT: '0', DATA_DIR: dataDir, LOG_LEVEL: 'warn' }
  const child = spawn(process.execPath, ['--import', probe, entry], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: {
      ...environment,
      ANALYSIS_THREADS: '1',
      DOCUMENT_TIMEOUT_MS: '600000',
      QUESTION_TIMEOUT_MS: '120000',
      REQUEST_TIMEOUT_MS: '300000',
      ...stated,
    },
  })
  const waiting = new Map<number, (result: unknown) => void>()
  let last = 0
  const port = await new Promise<number>((resolve, reject) => {
    child.on('message', (message: Answer) => {
      if (message.port !== undefined) resolve(message.port)
      if (message.id !== undefined) waiting.get(message.id)?.(message.result)
    })
    child.once('exit', (code) => reject(new Error(`the service ended with ${code}`)))
  })
  await untilReady(port)
  return {
    port,
    ask: <T>(command: string, details: object = {}) => {
      last += 1
      const id = last
      return new Promise<T>((resolve) => {
        waiting.set(id, resolve as (result: unknown) => void)
        child.send({ id, command, ...details })
      })
    },
    stop: () => ended(child, 'SIGTERM'),
    kill: () => ended(child, 'SIGKILL'),
  }
}

async function untilReady(port: number): Promise<void> {
  for (;;) {
    const { ok } = await fetch(`http://127.0.0.1:${port}/readyz`)
    if (ok) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  const gone = new Promise((resolve) => child.once('exit', resolve))
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return
  process.kill(child.pid, signal)
  await gone
}
