import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import type { WorkerOptions } from './messages.js'

/** Answers are made of many small objects that live as long as one question: room for them (three semi-spaces) spares half of the collector's work. */
const maxYoungGenerationSizeMb = 96

/** Starts the engine's thread from where this file is: compiled, or as TypeScript in development and tests. */
export function startThread(name: string, options: WorkerOptions, heapMb: number): Worker {
  const settings = { name, workerData: options, resourceLimits: { maxOldGenerationSizeMb: heapMb, maxYoungGenerationSizeMb } }
  if (!import.meta.url.endsWith('.ts')) return new Worker(new URL('./analyst-worker.js', import.meta.url), { ...settings, execArgv: [] })
  // A worker inherits no loader: it has to register tsx itself, and to be told which side of `imports` holds.
  const loader = pathToFileURL(
    createRequire(import.meta.url)
      .resolve('tsx/esm/api')
      .replace(/\.cjs$/, '.mjs'),
  ).href
  const entry = new URL('./analyst-worker.ts', import.meta.url).href
  const script = `import(${JSON.stringify(loader)}).then(({ register }) => (register(), import(${JSON.stringify(entry)})))`
  return new Worker(script, { ...settings, eval: true, execArgv: ['-C', 'source'] })
}
