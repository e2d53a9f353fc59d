import { Worker } from 'node:worker_threads'
import type { WorkerOptions } from './messages.js'

/**
 * Starts the engine's thread from where this file is: compiled, or as TypeScript under a runner that leaves workers to us
 * (then the same import condition that finds src/ has to hold inside).
 */
export function startThread(options: WorkerOptions, heapMb: number): Worker {
  const fromSource = import.meta.url.endsWith('.ts')
  return new Worker(new URL(fromSource ? './analyst-worker.ts' : './analyst-worker.js', import.meta.url), {
    name: 'analyst',
    workerData: options,
    resourceLimits: { maxOldGenerationSizeMb: heapMb },
    execArgv: fromSource ? ['--import', 'tsx', '-C', 'source'] : [],
    stdin: false,
  })
}
