/**
 * The engine's thread as a few scripts: to find, open and compile the hundreds of modules that it is made of takes two seconds of the processor for
 * each thread, and a service that starts has two of them to wait for.
 *
 * What it loads when it is needed stays apart, as do packages.
 */
import { build } from 'esbuild'

/** Bundles the thread of src/analyst into `folder`/analyst, in place of the entry that was compiled by itself. */
export async function bundleThread(folder) {
  await build({
    entryPoints: ['src/analyst/analyst-worker.ts'],
    outdir: `${folder}/analyst`,
    bundle: true,
    splitting: true,
    chunkNames: 'thread-[hash]',
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    conditions: ['source'],
    packages: 'external',
    logLevel: 'warning',
    // Names and lines stay: a stack in the log should say where it was.
    minifySyntax: true,
  })
}
