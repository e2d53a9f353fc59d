import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { type Cost, costOf } from './cost-of.js'
import type { Figure } from './figure.js'
import { exportSizes, type ManifestFile, manifestFiles } from './generate/manifest-files.js'
import { repositoryFiles } from './generate/repository-files.js'
import { median } from './median.js'

/** Floors: programs that do nothing with the files but parse them. */
const reading = `import { readdirSync, readFileSync } from 'node:fs'
const paths = readdirSync(process.argv[1], { recursive: true }).filter((path) => /\\.(?:ya?ml|json)$/.test(path))
const texts = () => paths.map((path) => readFileSync(process.argv[1] + '/' + path, 'utf8'))`
const parsesJson = `${reading}\nfor (const text of texts()) JSON.parse(text)`
const parsesYaml = `import { loadAll } from 'js-yaml'\n${reading}\nfor (const text of texts()) try { loadAll(text) } catch {}`

const program = (code: string, directory: string): Cost => costOf(['--input-type=module', '-e', code, directory])
const validate = (directory: string): Cost => costOf(['dist/cli/main.js', 'validate', directory])

/** Costs of several programs that take turns, so that what disturbs one disturbs all. */
function middles<Name extends string>(rounds: number, programs: Readonly<Record<Name, () => Cost>>): Readonly<Record<Name, Cost>> {
  const names = Object.keys(programs) as Name[]
  const costs = Array.from(
    { length: rounds },
    () => Object.fromEntries(names.map((name) => [name, programs[name]()])) as Record<Name, Cost>,
  )
  const middle = (name: Name, what: keyof Cost): number => median(costs.map((round) => round[name][what]))
  return Object.fromEntries(
    names.map((name) => [name, { processor: middle(name, 'processor'), time: middle(name, 'time'), memory: middle(name, 'memory') }]),
  ) as Record<Name, Cost>
}

function write(directory: string, files: readonly { readonly path: string; readonly text: string }[]): string {
  for (const { path, text } of files) {
    mkdirSync(dirname(join(directory, path)), { recursive: true })
    writeFileSync(join(directory, path), text)
  }
  return directory
}

/** What a target was set by: `ISTIOCTL` names the program where there is one, and the same is measured beside it. */
function istioctl(directory: string): Cost {
  const since = performance.now()
  const { stderr } = spawnSync(
    '/usr/bin/time',
    ['-f', '%U %S %M', process.env['ISTIOCTL'] ?? '', 'analyze', '--use-kube=false', directory],
    {
      encoding: 'utf8',
      maxBuffer: 1e9,
    },
  )
  const [user = Number.NaN, system = Number.NaN, memory = Number.NaN] = stderr.trim().split('\n').at(-1)?.split(' ').map(Number) ?? []
  return { processor: 1_000 * (user + system), time: performance.now() - since, memory: memory / 1_024 }
}

interface Targets {
  readonly processor: number
  readonly memory: number
}

const common = { holds: 'AT_MOST' } as const

function measureExport(root: string, files: readonly ManifestFile[], rounds: number, targets: Targets): readonly Figure[] {
  const yaml = write(
    join(root, 'yaml'),
    files.map(({ name, yaml: text }) => ({ path: name, text })),
  )
  const json = write(
    join(root, 'json'),
    files.map(({ name, objects }) => ({ path: name.replace(/yaml$/, 'json'), text: JSON.stringify(objects) })),
  )
  const size = `${files.length} files of ${(files.reduce((sum, file) => sum + file.yaml.length, 0) / 1e6).toFixed(1)} MB`
  const { floor, ours } = middles(rounds, { floor: () => program(parsesJson, json), ours: () => validate(yaml) })
  const detail = `${ours.processor.toFixed(0)} ms over ${floor.processor.toFixed(0)} ms of processor time`
  return [
    { ...common, name: `(h) validate ${size} / JSON.parse`, measured: ours.processor / floor.processor, target: targets.processor, detail },
    { ...common, name: `(h) memory of that`, measured: ours.memory, target: targets.memory, unit: ' MB', detail: 'resident, at most' },
    ...(process.env['ISTIOCTL'] === undefined ? [] : besideIstioctl(yaml, size, rounds)),
  ]
}

function besideIstioctl(directory: string, size: string, rounds: number): readonly Figure[] {
  const { ours, theirs } = middles(rounds, { ours: () => validate(directory), theirs: () => istioctl(directory) })
  const figure = (what: keyof Cost, target: number): Figure => ({
    ...common,
    name: `(h) ${what}, ${size} / istioctl analyze`,
    measured: ours[what] / theirs[what],
    target,
    detail: `${ours[what].toFixed(0)} over ${theirs[what].toFixed(0)}`,
  })
  return [figure('processor', 1), figure('time', 1), figure('memory', 2)]
}

function measureRepository(root: string, rounds: number): Figure {
  const files = repositoryFiles()
  const directory = write(join(root, 'repository'), files)
  const { floor, ours } = middles(rounds, { floor: () => program(parsesYaml, directory), ours: () => validate(directory) })
  const size = `${files.length} files of ${(files.reduce((sum, { text }) => sum + text.length, 0) / 1e6).toFixed(1)} MB`
  const detail = `${ours.processor.toFixed(0)} ms over ${floor.processor.toFixed(0)} ms of processor time, ${size}`
  return { ...common, name: '(i) validate a repository / js-yaml', measured: ours.processor / floor.processor, target: 1.5, detail }
}

/** (h) An export of a cluster, validated; (i) a repository with charts and kustomizations. */
export function measureFiles(rounds: number): readonly Figure[] {
  const root = mkdtempSync(join(tmpdir(), 'sightline-files-'))
  try {
    return [
      ...measureExport(join(root, 'small'), manifestFiles(exportSizes.small), rounds, { processor: 9, memory: 200 }),
      ...measureExport(join(root, 'large'), manifestFiles(exportSizes.large), rounds, { processor: 18, memory: 240 }),
      measureRepository(root, rounds),
    ]
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
}
