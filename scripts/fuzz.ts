// npx tsx -C source scripts/fuzz.ts [everything] [tenant] [--cases 20000] [--seed 1]: schemathesis against the built service, as OpenAPI describes it, with two tokens.
//
// First with one that may do everything, then with one of a tenant's reader, each against a service of its own: no answer may be a 5xx, and none to
// the reader may tell anything of the other tenant, whose things all have a word in their names (test/access/tenants/shared-mesh.ts). Half of the
// cases each; rounds go on until there are as many. Schemathesis is installed by pip into a folder for temporary files.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import fc from 'fast-check'
import { ask, createToken } from '../bench/reliability/ask.js'
import { type RunningService, startService } from '../bench/service.js'
import { permissions } from '../src/access/permissions.js'
import { sharedMesh } from '../test/access/tenants/shared-mesh.js'

const version = '4.32.5'
const { values, positionals } = parseArgs({
  options: {
    cases: { type: 'string', default: '20000' },
    seed: { type: 'string', default: '1' },
    examples: { type: 'string', default: '200' },
  },
  allowPositionals: true,
})
const [cases, seed] = [Number(values.cases), Number(values.seed)]
const hooks = fileURLToPath(new URL('fuzzing', import.meta.url))
const meshes = 6
const topologies = Array.from({ length: meshes }, (_, index) => `mesh-${index + 1}`)

/** Runs a program to its end; its exit code. */
async function run(program: string, args: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<number> {
  const child = spawn(program, args, { stdio: 'inherit', cwd: tmpdir(), env: { ...process.env, ...environment } })
  const [code] = (await once(child, 'exit')) as [number | null]
  return code ?? 1
}

/** Schemathesis of this version, installed where it is not yet. */
async function schemathesis(): Promise<string> {
  const folder = join(tmpdir(), `sightline-schemathesis-${version}`)
  const program = join(folder, 'bin/schemathesis')
  if (existsSync(program)) return program
  if ((await run('python3', ['-m', 'venv', folder])) !== 0) throw new Error('python3 with venv is needed')
  if ((await run(join(folder, 'bin/pip'), ['install', '--quiet', `schemathesis==${version}`])) !== 0) throw new Error('pip failed')
  return program
}

async function store({ port }: RunningService, admin: string): Promise<void> {
  const documents = fc.sample(sharedMesh, { numRuns: meshes, seed: 7 })
  for (const [index, { document }] of documents.entries()) {
    const path = `/v1/topologies/${topologies[index]}/versions?message=canary-message&author=canary-author`
    const { status, text } = await ask(port, { method: 'POST', path, token: admin, body: JSON.stringify(document) })
    if (status !== 201) throw new Error(`not stored: ${status} ${text}`)
  }
}

const linesOf = (file: string): readonly string[] => (existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : [])

interface Caller {
  readonly name: string
  readonly token: string
  /** What it may not be told. */
  readonly foreign: string
}

/** What readers of a tenant are refused whatever they send: every other round is without it. */
const refusedToTenants = Object.entries(permissions).flatMap(([operation, { tenants }]) =>
  tenants === 'REFUSED' ? ['--exclude-operation-id', operation] : [],
)

/** Rounds with other seeds until there are enough cases, or something fails; then what came of them. */
async function fuzz(program: string, { port }: RunningService, { name, token, foreign }: Caller, tally: string): Promise<boolean> {
  const environment = {
    SCHEMATHESIS_HOOKS: 'sightline_hooks',
    PYTHONPATH: hooks,
    PYTHONHASHSEED: '0',
    FUZZ_FOREIGN: foreign,
    FUZZ_TALLY: tally,
    FUZZ_TOPOLOGIES: topologies.join(),
  }
  // Read here, because schemathesis waits for ten seconds and no longer.
  const description = `${tally}.openapi.json`
  writeFileSync(description, (await ask(port, { path: '/openapi.json', token })).text)
  const checks = 'not_a_server_error,tells_nothing_foreign'
  let held = true
  for (let round = 0; held && linesOf(tally).length < cases / 2; round += 1) {
    const about = [
      '--checks',
      checks,
      '--max-examples',
      values.examples,
      '--seed',
      `${seed + round}`,
      '--header',
      `Authorization: Bearer ${token}`,
    ]
    const manner = [
      '--continue-on-failure',
      '--suppress-health-check',
      'all',
      '--request-timeout',
      '120',
      '--no-color',
      '--warnings',
      'off',
    ]
    const leftOut = foreign !== '' && round % 2 === 0 ? refusedToTenants : []
    held =
      (await run(program, ['run', description, '--url', `http://127.0.0.1:${port}`, ...about, ...manner, ...leftOut], environment)) === 0
  }
  const statuses = new Map<string, number>()
  for (const line of linesOf(tally)) statuses.set(line.slice(0, 3), (statuses.get(line.slice(0, 3)) ?? 0) + 1)
  console.log(
    `${name}: ${linesOf(tally).length} cases, ${held ? 'all held' : 'NOT all held'}: ${JSON.stringify(Object.fromEntries(statuses))}`,
  )
  return held
}

const program = await schemathesis()
const scratch = mkdtempSync(join(tmpdir(), 'sightline-fuzz-'))
try {
  for (const name of positionals.length > 0 ? positionals : ['everything', 'tenant']) {
    const adminFile = join(scratch, `${name}-admin`)
    const limits = { RATE_LIMIT: '0', EVENT_LOOP_DELAY_MS: '0', ANALYSIS_HEAP_MB: '512' }
    const service = await startService(join(scratch, name), { ADMIN_TOKEN_FILE: adminFile, ...limits })
    try {
      const admin = readFileSync(adminFile, 'utf8').trim()
      await store(service, admin)
      const caller: Caller =
        name === 'tenant'
          ? { name, token: await createToken(service.port, admin, ['read'], ['team-a']), foreign: 'canary|10\\.66\\.' }
          : { name, token: await createToken(service.port, admin, ['read', 'write', 'admin']), foreign: '' }
      if (!(await fuzz(program, service, caller, join(scratch, `${name}.tally`)))) process.exitCode = 1
    } finally {
      await service.stop()
    }
  }
} finally {
  rmSync(scratch, { recursive: true, force: true })
}
