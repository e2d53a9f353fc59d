import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { bundleScript } from './bundle-script.js'

/** A script of ours in a process of its own, which a test may kill. */
export interface Child {
  readonly pid: number
  /** The next line it prints; undefined when it has ended. */
  line(): Promise<string | undefined>
  signal(name: NodeJS.Signals): void
  /** Its exit code; null when a signal ended it. */
  ended(): Promise<number | null>
}

export async function startChild(script: string, ...args: readonly string[]): Promise<Child> {
  const path = await bundleScript(fileURLToPath(new URL(script, import.meta.url)))
  const child: ChildProcess = spawn(process.execPath, [path, ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
  const { pid, stdout } = child
  if (pid === undefined || !stdout) throw new Error(`${script} did not start`)
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)))
  const lines = createInterface({ input: stdout })[Symbol.asyncIterator]()
  return {
    pid,
    line: async () => {
      const next = await lines.next()
      return next.done === true ? undefined : next.value
    },
    signal: (name) => void child.kill(name),
    ended: () => ended,
  }
}
