/**
 * The command line as few files: most of what a short command costs is finding and opening the hundreds of modules it is made of.
 *
 * What only one command needs stays apart and is loaded by it: the service from dist/, where it is not bundled, and packages that are large.
 */
import { rmSync } from 'node:fs'
import { build } from 'esbuild'

/** Loaded when they are needed, from where they are. */
const apart = ['#run-service', '@kubernetes/client-node']

/** Bundles src/cli/main.ts into `folder`/cli, in place of the modules that were compiled one by one. */
export async function bundleCli(folder) {
  rmSync(`${folder}/cli`, { recursive: true, force: true })
  await build({
    entryPoints: ['src/cli/main.ts'],
    outdir: `${folder}/cli`,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    conditions: ['source'],
    external: apart,
    // Names and lines stay: a stack in a report of a bug should say where it was.
    minifySyntax: true,
    // Packages among them were written for `require`.
    banner: { js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);" },
    logLevel: 'warning',
  })
}
