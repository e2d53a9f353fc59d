import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import type { WorkerOptions } from './messages.js'

/**
 * Answers are made of many small objects that live as long as one question: room for them (three semi-spaces) spares the collector work. Twice as much spares
 * no more of it, and all of it that lives is copied in one piece, in which nobody is answered.
 */
const maxYoungGenerationSizeMb = 48

/** Starts the engine's thread from where this file is: compiled, or as TypeScript in development and tests. */
export function startThread(name: string, options: WorkerOptions, heapMb: number): Worker {
  const settings = { name, workerData: options, resourceLimits: { maxOldGenerationSizeMb: heapMb, maxYoungGenerationSizeMb }, execArgv: [] }
  if (!import.meta.url.endsWith('.ts')) return new Worker(new URL('./analyst-worker.js', import.meta.url), settings)
  written ??= bundleOf(fileURLToPath(new URL('./analyst-worker.ts', import.meta.url)))
  return new Worker(written, { ...settings, eval: true })
}

let written: string | undefined

/** What is used of esbuild, which is there in development. */
interface Bundler {
  buildSync(options: object): { readonly outputFiles: readonly { readonly text: string }[] }
}

/** The thread's TypeScript as one script, written once for all threads: a loader of modules would take each of them seconds of the processor. */
function bundleOf(entry: string): string {
  const { buildSync } = createRequire(import.meta.url)('esbuild') as Bundler
  const place = JSON.stringify(import.meta.url)
  const { outputFiles } = buildSync({
    entryPoints: [entry],
    write: false,
    bundle: true,
    platform: 'node',
    conditions: ['source'],
    packages: 'external',
    define: { 'import.meta.url': place },
    banner: { js: `require = require('node:module').createRequire(${place})` },
  })
  return outputFiles[0]?.text ?? ''
}
