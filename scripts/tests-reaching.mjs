// node scripts/tests-reaching.mjs FILE: the test files that import the file, however indirectly, one a line. `vitest related` finds the same ones, and
// takes a minute to.
import { readdirSync } from 'node:fs'
import { join, relative } from 'node:path'
import { build } from 'esbuild'

const wanted = relative('.', process.argv[2] ?? '')
const tests = readdirSync('test', { recursive: true })
  .filter((file) => file.endsWith('.test.ts'))
  .map((file) => join('test', file))
const { metafile } = await build({
  entryPoints: tests,
  outdir: 'unwritten',
  write: false,
  metafile: true,
  bundle: true,
  splitting: true,
  platform: 'node',
  format: 'esm',
  conditions: ['source'],
  packages: 'external',
  logLevel: 'error',
})

const importers = new Map()
for (const [file, { imports }] of Object.entries(metafile.inputs)) {
  for (const { path } of imports) importers.set(path, [...(importers.get(path) ?? []), file])
}
const reaching = new Set([wanted])
for (const file of reaching) for (const importer of importers.get(file) ?? []) reaching.add(importer)

const found = tests.filter((file) => reaching.has(file))
for (const file of found) console.log(file)
if (found.length === 0) console.error(`no test imports ${wanted}`)
process.exitCode = found.length === 0 ? 1 : 0
