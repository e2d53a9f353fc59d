import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const root = resolve(import.meta.dirname, '../..')
const { forbidden } = createRequire(import.meta.url)(join(root, '.dependency-cruiser.cjs')) as {
  forbidden: { name: string; comment: string }[]
}

/** rule → the file that breaks it and the line that does. */
const planted: readonly (readonly [rule: string, file: string, line: string])[] = [
  ['no-circular', 'src/engine/model/circle.ts', "export { other } from './circle-other.js'\nexport const one = 1"],
  ['resolvable', 'src/engine/model/lost.ts', "import './nowhere.js'"],
  ['engine-is-pure', 'src/engine/model/reads-files.ts', "import 'node:fs'"],
  ['engine-knows-nobody', 'src/engine/model/upwards.ts', "import '#store/store'"],
  ['below-all-rooms-know-nobody', 'src/engine/remembered.ts', "import './model/a.js'"],
  ['engine-order-model', 'src/engine/model/looks-ahead.ts', "import '../manifests/a.js'"],
  ['engine-order-manifests', 'src/engine/manifests/looks-ahead.ts', "import '../resources/a.js'"],
  ['engine-order-resources', 'src/engine/resources/looks-ahead.ts', "import '../snapshot/a.js'"],
  ['engine-order-snapshot', 'src/engine/snapshot/looks-ahead.ts', "import '../istiod/a.js'"],
  ['engine-order-istiod', 'src/engine/istiod/looks-ahead.ts', "import '../analysis/a.js'"],
  ['engine-order-analysis', 'src/engine/analysis/looks-ahead.ts', "import '../explain/a.js'"],
  ['engine-order-schemas', 'src/engine/schemas/looks-aside.ts', "import '../analysis/a.js'"],
  ['engine-order-explain', 'src/engine/explain/looks-aside.ts', "import '../compare/a.js'"],
  ['engine-order-compare', 'src/engine/compare/looks-aside.ts', "import '../rules/a.js'"],
  ['engine-order-simulate', 'src/engine/simulate/looks-aside.ts', "import '../rules/a.js'"],
  ['engine-order-assertions', 'src/engine/assertions/looks-aside.ts', "import '../rules/a.js'"],
  ['engine-order-groups', 'src/engine/groups/looks-ahead.ts', "import '../remedies/a.js'"],
  ['engine-order-rules', 'src/engine/rules/looks-ahead.ts', "import '../remedies/a.js'"],
  ['engine-order-deployment', 'src/engine/deployment/looks-ahead.ts', "import '../remedies/a.js'"],
  ['engine-order-inventory', 'src/engine/inventory/looks-aside.ts', "import '../deployment/a.js'"],
  ['engine-order-proxy-config', 'src/engine/proxy-config/looks-aside.ts', "import '../inventory/a.js'"],
  ['engine-order-relations', 'src/engine/relations/looks-beside.ts', "import '../elsewhere/a.js'"],
  ['engine-order-remedies', 'src/engine/remedies/looks-beside.ts', "import '../elsewhere/a.js'"],
  ['engine-order-tenancy', 'src/engine/tenancy/looks-beside.ts', "import '../elsewhere/a.js'"],
  ['analyst-asks-the-engine-only', 'src/analyst/loads.ts', "import '#store/store'"],
  ['collector-knows-the-engine-only', 'src/collector/asks.ts', "import '#store/store'"],
  ['only-the-collector-reads-live-clusters', 'src/cli/reads-live.ts', "import '@kubernetes/client-node'"],
  ['store-knows-shapes-only', 'src/store/thinks.ts', "import '#engine/analysis/a'"],
  ['access-knows-shapes-only', 'src/access/asks.ts', "import '#operations/a'"],
  ['operations-know-interfaces', 'src/operations/reaches-behind.ts', "import '#store/prisma-store'"],
  ['operations-know-no-transport', 'src/operations/speaks-http.ts', "import 'fastify'"],
  ['embedded-has-one-entrance', 'src/store/goes-behind.ts', "import './embedded/a.js'"],
  ['only-the-store-sees-the-database', 'src/operations/speaks-sql.ts', "import 'pg'"],
  ['rest-meets-no-other-door', 'src/rest/borrows.ts', "import '#graphql/a'"],
  ['graphql-meets-no-other-door', 'src/graphql/borrows.ts', "import '#cli/a'"],
  ['cli-meets-no-other-door', 'src/cli/borrows.ts', "import '#rest/a'"],
  ['doors-are-thin', 'src/rest/traces-itself.ts', "import '#engine/analysis/a'"],
  ['cli-asks-operations', 'src/cli/traces-itself.ts', "import '#engine/analysis/a'"],
  ['formats-know-shapes-only', 'src/formats/asks.ts', "import '#operations/a'"],
  ['site-shows-files', 'src/site/asks.ts', "import '#operations/a'"],
  ['http-knows-problems-only', 'src/http/asks.ts', "import '#operations/a'"],
  ['otlp-is-told', 'src/otlp/asks.ts', "import '#operations/a'"],
  ['only-otlp-loads-opentelemetry', 'src/rest/traces.ts', "import '@opentelemetry/api'"],
  ['nobody-imports-the-process', 'src/rest/imports-app.ts', "import '#app'"],
  ['cross-by-alias', 'src/rest/crosses.ts', "import '../operations/a.js'"],
  ['stay-relative', 'src/rest/detours.ts', "import '#rest/a'"],
  ['no-barrels', 'src/rest/uses-barrel.ts', "import './index.js'"],
  ['production-packages-only', 'src/rest/tests.ts', "import 'supertest'"],
  ['src-stands-alone', 'src/app.ts', "import '../test/a.js'"],
]

const folders = [
  'model',
  'manifests',
  'resources',
  'snapshot',
  'istiod',
  'analysis',
  'explain',
  'compare',
  'simulate',
  'assertions',
  'rules',
  'deployment',
  'inventory',
  'proxy-config',
  'groups',
  'relations',
  'remedies',
  'elsewhere',
]
const targets = [
  ...folders.map((folder) => `src/engine/${folder}/a.ts`),
  'src/store/store.ts',
  'src/store/prisma-store.ts',
  'src/store/embedded/a.ts',
  'src/graphql/a.ts',
  'src/cli/a.ts',
  'src/rest/a.ts',
  'src/rest/index.ts',
  'src/operations/a.ts',
  'test/a.ts',
]

let scratch: string
let report: string

function write(file: string, text: string): void {
  mkdirSync(dirname(join(scratch, file)), { recursive: true })
  writeFileSync(join(scratch, file), `${text}\n`)
}

function runBoundaries(): { readonly status: number | null; readonly text: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/boundaries.mjs'], { cwd: scratch, encoding: 'utf8' })
  return { status, text: stdout + stderr }
}

beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'boundaries-'))
  for (const file of ['package.json', 'tsconfig.json', '.dependency-cruiser.cjs', 'scripts/boundaries.mjs'])
    cpSync(join(root, file), join(scratch, file))
  symlinkSync(join(root, 'node_modules'), join(scratch, 'node_modules'))
  for (const file of targets) write(file, 'export const a = 1')
  write('src/engine/model/circle-other.ts', "export { one as other } from './circle.js'")
  for (const [, file, line] of planted) write(file, line)
  report = runBoundaries().text
}, 60_000)

afterAll(() => rmSync(scratch, { recursive: true, force: true }))

describe('the boundaries check', () => {
  it.each(planted)('%s fires where %s breaks it', (rule, file) => {
    expect(
      report
        .split('\n')
        .filter((line) => line.startsWith(`${rule}: `))
        .join('\n'),
    ).toContain(`${rule}: ${file.replace(/\.ts$/, '')}`)
  })

  it('has a planted violation, and a sentence saying what to do, for every rule', () => {
    expect(forbidden.map(({ name }) => name).toSorted()).toEqual(planted.map(([rule]) => rule).toSorted())
    expect(forbidden.filter(({ comment }) => comment.length < 40)).toEqual([])
  })

  it('fails when it saw no modules', () => {
    rmSync(join(scratch, 'src'), { recursive: true })
    mkdirSync(join(scratch, 'src'))
    const { status, text } = runBoundaries()
    expect(text).toContain('0 modules')
    expect(status).toBe(1)
  })
})
