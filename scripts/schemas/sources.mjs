// Where schemas come from: CRDs of Go modules at their tags, and the strict JSON schemas of Kubernetes' own kinds. Everything goes through the
// registries' ordinary clients into a folder that is thrown away.
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadAll } from 'js-yaml'

/** Runs `use` with a scratch folder. */
export function withScratch(use) {
  const scratch = mkdtempSync(join(tmpdir(), 'schemas-'))
  try {
    return use(scratch)
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}

/**
 * The CustomResourceDefinitions that a Go module has at `path` at a version, by way of the module proxy. That path alone is unpacked, and here: a module
 * that asks for a newer Go is taken all the same, since nothing of it is compiled.
 */
export function crdsOfModule(scratch, module, version, path) {
  const { stdout } = spawnSync('go', ['mod', 'download', '-json', `${module}@${version}`], { cwd: scratch, encoding: 'utf8' })
  const { Zip: zip, Error: problem } = JSON.parse(stdout)
  if (zip === undefined) throw new Error(problem)
  const inside = `${module}@${version}/${path}`
  unzip(scratch, zip, inside)
  return crdsIn(join(scratch, 'unzipped', inside))
}

const unpack =
  "import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); z.extractall('unzipped', [n for n in z.namelist() if n.startswith(sys.argv[2])])"

const unzip = (scratch, file, inside) => execFileSync('python3', ['-c', unpack, file, inside], { cwd: scratch })

/** The CustomResourceDefinitions in a file, or in the files of a folder. */
function crdsIn(path) {
  const files = path.endsWith('.yaml') ? [path] : readdirSync(path).map((file) => join(path, file))
  return files
    .filter((file) => file.endsWith('.yaml'))
    .flatMap((file) => loadAll(readFileSync(file, 'utf8')))
    .filter((document) => document?.kind === 'CustomResourceDefinition')
}

/** The definitions of a release of Kubernetes, by their names. */
export function kubernetesDefinitions(scratch, wheel, release) {
  execFileSync('python3', ['-m', 'pip', 'download', '--quiet', '--no-deps', '--dest', scratch, wheel])
  const file = readdirSync(scratch).find((name) => name.endsWith('.whl'))
  const inside = `kubernetes_validate/kubernetes-json-schema/v${release}-local-strict/_definitions.json`
  unzip(scratch, file, inside)
  return JSON.parse(readFileSync(join(scratch, 'unzipped', inside), 'utf8')).$defs
}
