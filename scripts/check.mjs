// Everything but the tests: each step runs even when an earlier one failed, and the last line says which did.
import { spawnSync } from 'node:child_process'

const bin = (name) => `node_modules/.bin/${name}`
const tsc7 = [process.execPath, 'node_modules/typescript-7/bin/tsc', '--noEmit', '-p']

/** What must hold → the command that says whether it does. */
const steps = {
  format: [bin('biome'), 'format', '.'],
  lint: [bin('oxlint'), '--type-aware', '--deny-warnings', '.'],
  types: [...tsc7, '.'],
  'types of the pages': [...tsc7, 'web'],
  boundaries: [process.execPath, 'scripts/boundaries.mjs'],
  sizes: [process.execPath, 'scripts/sizes.mjs'],
  structure: [process.execPath, 'scripts/structure.mjs'],
  'dead code': [bin('knip'), '--no-progress'],
  'generated files fresh': [bin('tsx'), '-C', 'source', 'scripts/generate.ts', '--check'],
}

const failed = Object.keys(steps).filter((name) => {
  console.log(`\n— ${name}`)
  const [command, ...args] = steps[name]
  return spawnSync(command, args, { stdio: 'inherit' }).status !== 0
})

console.log(failed.length === 0 ? '\ncheck: all well' : `\ncheck: failed: ${failed.join(', ')}`)
process.exitCode = failed.length === 0 ? 0 : 1
