import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Load, LoadResult } from './drive.js'

export interface LoadGenerator {
  run(load: Load): Promise<LoadResult>
  stop(): void
}

/** Starts the process that asks; it inherits this one's TypeScript loader. */
export function startLoadGenerator(): LoadGenerator {
  const child = fork(fileURLToPath(new URL('load.ts', import.meta.url)), { serialization: 'advanced' })
  return {
    run: (load) =>
      new Promise((resolve, reject) => {
        const ended = (code: number | null): void => reject(new Error(`the load generator ended with ${code}`))
        child.once('exit', ended)
        child.once('message', (result: LoadResult) => {
          child.off('exit', ended)
          resolve(result)
        })
        child.send(load)
      }),
    stop: () => void (child.pid !== undefined && process.kill(child.pid, 'SIGTERM')),
  }
}
