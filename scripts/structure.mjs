// How the sources hang together: the longest chain of imports, circles, the fullest folder, headers, and tests to source.
// `node scripts/structure.mjs [FOLDER] [--chain]` measures another checkout the same way, so that figures can be compared;
// docs/decisions/0015 says why the chain is reported and not held to a number. Generated files do not count.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'

const root = resolve(process.argv.slice(2).find((argument) => !argument.startsWith('--')) ?? '.')
const generated = (file) => /(^|\/)generated\//.test(file)
const listed = (folder, kinds) =>
  readdirSync(join(root, folder), { recursive: true })
    .filter((file) => kinds.test(file) && !generated(file))
    .map((file) => join(folder, file))
    .toSorted()
const textOf = (file) => readFileSync(join(root, file), 'utf8')
const linesIn = (files) => files.reduce((sum, file) => sum + textOf(file).trimEnd().split('\n').length, 0)

const sources = listed('src', /\.ts$/)
const importOf = /^(?:import|export)\s(?:[^'"]*?\sfrom\s+)?['"]([^'"]+)['"]/gm

/** The files of src/ that a file imports, types included: to understand it a reader needs them too. */
function importsOf(file) {
  return [...textOf(file).matchAll(importOf)].flatMap(([, path]) => {
    const target = path.startsWith('#')
      ? `src/${path.slice(1)}.ts`
      : path.startsWith('.')
        ? relative(root, join(root, dirname(file), path)).replace(/\.js$/, '.ts')
        : ''
    return target !== '' && existsSync(join(root, target)) && !generated(target) ? [target] : []
  })
}

const imports = new Map(sources.map((file) => [file, importsOf(file)]))
const chains = new Map()
const circles = []

/** The longest chain that begins with the file; a file met again on the way closes a circle. */
function chainFrom(file, above = []) {
  if (above.includes(file)) {
    circles.push([...above.slice(above.indexOf(file)), file])
    return []
  }
  const known = chains.get(file)
  if (known !== undefined) return known
  let longest = []
  for (const next of imports.get(file) ?? []) {
    const chain = chainFrom(next, [...above, file])
    if (chain.length > longest.length) longest = chain
  }
  chains.set(file, [file, ...longest])
  return chains.get(file)
}

const chain = sources.map((file) => chainFrom(file)).toSorted((a, b) => b.length - a.length)[0] ?? []
const folders = new Map()
for (const file of sources) folders.set(dirname(file), [...(folders.get(dirname(file)) ?? []), file])
const [fullest, within] = [...folders].toSorted(([, a], [, b]) => b.length - a.length)[0] ?? ['', []]
const headed = sources.filter((file) => textOf(file).startsWith('/**'))

const code = linesIn(listed('test', /\.ts$/))
const told = linesIn(['test', 'examples'].flatMap((folder) => (existsSync(join(root, folder)) ? listed(folder, /\.ya?ml$/) : [])))
const sourceLines = linesIn(sources)
const ratio = (lines) => (lines / sourceLines).toFixed(2)

console.log(`structure: longest import chain ${chain.length} files (types included), ${circles.length} circles`)
console.log(`structure: fullest folder ${fullest}, ${within.length} files; ${headed.length} of ${sources.length} files have a header`)
console.log(`structure: lines of tests to lines of src/: ${ratio(code)} in TypeScript, ${ratio(code + told)} with scenarios and examples`)
if (process.argv.includes('--chain')) for (const file of chain) console.log(`  ${file}`)
for (const circle of circles) console.error(`circle: ${circle.join(' → ')}`)
process.exitCode = sources.length > 0 && circles.length === 0 ? 0 : 1
