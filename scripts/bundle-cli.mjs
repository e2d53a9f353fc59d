/**
 * The command line as one script: most of what a short command costs is finding, opening and compiling the hundreds of modules it is made of. Its
 * compiled form lies beside it, as far as one command needs it.
 *
 * What only one command needs stays apart and is loaded by it: the service from dist/, where it is not bundled, and packages that are large.
 */
import { spawnSync } from 'node:child_process'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

/** Loaded when they are needed → from where, seen from the bundle. */
const apart = {
  '#own-store': '../own-store.js',
  '#run-service': '../run-service.js',
  '@kubernetes/client-node': '@kubernetes/client-node',
}

/** CommonJS: Node gets its loader of modules ready only for those that come apart. */
const common = {
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20.19',
  conditions: ['source'],
  logLevel: 'warning',
  define: { 'import.meta.url': '__url' },
  banner: { js: "const __url = require('node:url').pathToFileURL(__filename).href;" },
}

/** Bundles src/cli into `folder`/cli, in place of the modules that were compiled one by one. */
export async function bundleCli(folder) {
  const cli = `${folder}/cli`
  rmSync(cli, { recursive: true, force: true })
  await build({
    ...common,
    entryPoints: { program: 'src/cli/main.ts' },
    outdir: cli,
    outExtension: { '.js': '.cjs' },
    external: Object.keys(apart),
    // Names and lines stay: a stack in a report of a bug should say where it was.
    minifySyntax: true,
  })
  loadApart(`${cli}/program.cjs`)
  await build({
    ...common,
    entryPoints: { main: 'src/cli/launch/main.ts', 'load-program': 'src/cli/launch/load-program.ts' },
    outdir: cli,
  })
  writeFileSync(`${cli}/package.json`, '{ "type": "commonjs" }\n')
  const script = fileURLToPath(new URL('compile-cli.mjs', import.meta.url))
  const { status, stderr } = spawnSync(process.execPath, [script, cli], { encoding: 'utf8' })
  if (status !== 0) throw new Error(`the bundled command line does not run: ${stderr}`)
}

/** Modules that stay apart are loaded by the launcher, which hands this in. */
function loadApart(file) {
  const written = readFileSync(file, 'utf8')
  const program = Object.entries(apart).reduce((text, [name, from]) => text.replaceAll(`import("${name}")`, `__load("${from}")`), written)
  if (/\bimport\("/.test(program)) throw new Error('the program imports a module that `apart` does not name')
  if (/__toESM\(require\("/.test(program))
    throw new Error('the program imports a module of Node as a whole: name what it takes of it, as modules load when touched')
  writeFileSync(file, program)
}
