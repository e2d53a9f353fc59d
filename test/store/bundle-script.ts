import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build, type Plugin } from 'esbuild'

const folder = fileURLToPath(new URL('../../node_modules/.cache/scripts', import.meta.url))
const bundled = new Map<string, Promise<string>>()

/** A script of ours as one file that Node runs by itself, and where it is: a loader of TypeScript takes seconds of the processor each time. */
export function bundleScript(path: string): Promise<string> {
  const known = bundled.get(path) ?? bundle(path)
  bundled.set(path, known)
  return known
}

async function bundle(path: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [path],
    write: false,
    bundle: true,
    platform: 'node',
    format: 'esm',
    conditions: ['source'],
    packages: 'external',
    plugins: [inPlace],
    define: { 'import.meta.url': '__place' },
  })
  const text = outputFiles[0]?.text ?? ''
  const file = join(folder, `${createHash('sha256').update(text).digest('hex').slice(0, 16)}.mjs`)
  mkdirSync(folder, { recursive: true })
  // Another process may be reading one of that name, which is the same.
  writeFileSync(`${file}.${process.pid}`, text)
  renameSync(`${file}.${process.pid}`, file)
  return file
}

/** Each module still finds what lies beside it. */
const inPlace: Plugin = {
  name: 'in-place',
  setup: ({ onLoad }) =>
    onLoad({ filter: /\.ts$/ }, ({ path }) => ({
      contents: `const __place = ${JSON.stringify(pathToFileURL(path).href)}\n${readFileSync(path, 'utf8')}`,
      loader: 'ts',
    })),
}
