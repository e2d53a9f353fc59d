/**
 * The service and the engine's thread as a few scripts each: to find, open and compile the hundreds of modules that they are made of takes seconds of
 * the processor, and whoever starts a service waits for them.
 *
 * The modules stay beside them, for who imports one; what is loaded when it is needed stays apart, as do packages.
 */
import { readFileSync } from 'node:fs'
import { join, posix, relative } from 'node:path'
import { build } from 'esbuild'

/** Folder of src/ → its modules that a process, a thread or the command line begins with. */
const entries = { '.': ['main', 'demo', 'run-service', 'own-store'], analyst: ['analyst-worker'] }

/** Bundles what runs as the service into `folder`, in place of the entries that were compiled by themselves. */
export async function bundleService(folder) {
  for (const [room, names] of Object.entries(entries)) {
    await build({
      entryPoints: names.map((name) => `src/${room}/${name}.ts`),
      outdir: join(folder, room),
      bundle: true,
      splitting: true,
      chunkNames: 'bundled-[hash]',
      platform: 'node',
      format: 'esm',
      target: 'node20.19',
      conditions: ['source'],
      packages: 'external',
      logLevel: 'warning',
      // Names and lines stay: a stack in the log should say where it was.
      minifySyntax: true,
      plugins: [asIfIn(room)],
      define: { 'import.meta.url': '__place' },
    })
  }
}

/** A module finds what lies beside it as from where it is compiled to, though its text is in a script of the room. */
const asIfIn = (room) => ({
  name: 'as-if-in-its-place',
  setup: ({ onLoad }) =>
    onLoad({ filter: /\.ts$/ }, ({ path }) => {
      const place = `./${posix.relative(room, relative('src', path).replace(/\.ts$/, '.js'))}`
      const text = readFileSync(path, 'utf8')
      return { loader: 'ts', contents: text.includes('import.meta') ? `${placed(place)}\n${text}` : text }
    }),
})

/** Of a whole object, as `define` would take `import.meta.url` for the place here too. */
const placed = (place) => `const { url: __bundled } = import.meta, __place = new URL(${JSON.stringify(place)}, __bundled).href`
