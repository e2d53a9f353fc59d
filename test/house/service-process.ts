import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { newDataDir } from '../store/new-data-dir.js'

/** A port that was free a moment ago. */
export async function findFreePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as { port: number }
  probe.close()
  await once(probe, 'close')
  return port
}

export interface ServiceProcess {
  readonly url: string
  readonly child: ChildProcess
  /** Asks it to stop, and says with which code it did. */
  stop(): Promise<number | null>
}

async function untilReady(url: string, child: ChildProcess, patience: number): Promise<void> {
  const end = Date.now() + patience
  while (Date.now() < end) {
    if (child.exitCode !== null) throw new Error(`the service ended with ${child.exitCode} before it was ready`)
    const ready = await fetch(`${url}/readyz`).then(
      (answer) => answer.ok,
      () => false,
    )
    if (ready) return
    await new Promise((resume) => setTimeout(resume, 200))
  }
  throw new Error('the service did not become ready')
}

/** Starts the built service on a port and a data directory of its own, and waits until it is ready. */
export async function startService(
  command = [process.execPath, 'dist/main.js'],
  cwd = '.',
  environment: Readonly<Record<string, string>> = {},
): Promise<ServiceProcess> {
  const port = await findFreePort()
  const data = mkdtempSync(join(tmpdir(), 'service-'))
  if (!('DATA_DIR' in environment) && !('DATABASE_URL' in environment)) await newDataDir(data)
  const [program, ...args] = command as [string, ...string[]]
  const { DATABASE_URL: _, ...inherited } = process.env
  const child = spawn(program, args, {
    cwd,
    env: { ...inherited, DATA_DIR: data, LOG_LEVEL: 'warn', HOST: '127.0.0.1', ...environment, PORT: String(port) },
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  const stop = async (): Promise<number | null> => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGTERM')
      await once(child, 'exit')
    }
    rmSync(data, { recursive: true, force: true })
    return child.exitCode
  }
  const url = `http://127.0.0.1:${port}`
  try {
    await untilReady(url, child, 60_000)
  } catch (error) {
    await stop()
    throw error
  }
  return { url, child, stop }
}
