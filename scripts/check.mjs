// Everything but the tests: each step runs even when an earlier one failed, and the last lines say which did.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

const bin = (name) => `node_modules/.bin/${name}`
const node = process.execPath

/** name → the commands that must all succeed. */
const steps = [
  ['format', [[bin('biome'), 'format', '--no-errors-on-unmatched', '.']]],
  ['lint', [[bin('oxlint'), '--type-aware', '--deny-warnings', '.']]],
  [
    'types',
    [
      [node, 'node_modules/typescript-7/bin/tsc', '--noEmit', '-p', '.'],
      ...(existsSync('web/tsconfig.json') ? [[node, 'node_modules/typescript-7/bin/tsc', '--noEmit', '-p', 'web']] : []),
    ],
  ],
  ['boundaries', [[node, 'scripts/boundaries.mjs']]],
  ['sizes', [[node, 'scripts/sizes.mjs']]],
  ['dead code', [[bin('knip'), '--no-progress']]],
  [
    'generated files fresh',
    [
      ['npm', 'run', '--silent', 'generate'],
      ['git', 'diff', '--exit-code', '--stat', '--', 'openapi', 'src/graphql/generated', 'docs/rules'],
    ],
  ],
]

const failed = steps.filter(([name, commands]) => {
  console.log(`\n— ${name}`)
  return commands.some(([command, ...args]) => spawnSync(command, args, { stdio: 'inherit' }).status !== 0)
})

console.log(failed.length === 0 ? '\ncheck: all well' : `\ncheck: failed: ${failed.map(([name]) => name).join(', ')}`)
process.exitCode = failed.length === 0 ? 0 : 1
