/**
 * Runs the bundled command line once, on an example, and writes down what was compiled for it; `bundle-cli.mjs` calls it.
 */
import { writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

const folder = resolve(process.argv[2] ?? '')
const { compiledName, loadProgram } = await import(pathToFileURL(join(folder, 'load-program.js')).href)

process.argv.splice(1, Infinity, join(folder, 'main.js'), 'validate', 'examples/as-they-come')
const program = loadProgram(folder, true)
process.on('exit', () => writeFileSync(join(folder, compiledName), program.compiled()))
program.run()
