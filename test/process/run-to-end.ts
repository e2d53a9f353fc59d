import { spawn } from 'node:child_process'
import { once } from 'node:events'

/** A built program run until it ends by itself or is told to; what it wrote, and its exit code. */
export interface Run {
  readonly pid: number | undefined
  output(): string
  signal(name: NodeJS.Signals): void
  /** Resolves when the output holds the text, rejects when the program ends before. */
  until(text: string): Promise<void>
  readonly ended: Promise<number | null>
}

export function run(program: string, environment: Readonly<Record<string, string>>): Run {
  const { DATABASE_URL: _, ...inherited } = process.env
  const child = spawn(process.execPath, [program], { env: { ...inherited, ...environment }, stdio: ['ignore', 'pipe', 'pipe'] })
  let text = ''
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
  const ended = once(child, 'close').then(([code]) => code as number | null)
  return {
    pid: child.pid,
    output: () => text,
    signal: (name) => void child.kill(name),
    until: async (wanted) => {
      while (!text.includes(wanted)) {
        if (child.exitCode !== null) throw new Error(`ended with ${child.exitCode}: ${text}`)
        await new Promise((resume) => setTimeout(resume, 50))
      }
    },
    ended,
  }
}
