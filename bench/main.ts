// What Sightline costs, as ratios against floors measured in the same run. Needs a build (`npm run build`); docs/performance.md
// says what each figure means.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describeFigure, passes } from './figure.js'
import { fullSize, planMesh } from './generate/plan.js'
import { generateDocuments } from './generated-documents.js'
import { startLoadGenerator } from './load-generator.js'
import { measureExecutedFiles } from './measure-executed-files.js'
import { measureGroups } from './measure-groups.js'
import { measureRules } from './measure-rules.js'
import { measureService } from './measure-service.js'
import { measureFiles } from './measure-files.js'
import { measureSchemas } from './measure-schemas.js'
import { measureSnapshot } from './measure-snapshot.js'
import { measureStartUp } from './measure-start-up.js'

const rounds = 7

const plan = planMesh(fullSize)
const documents = generateDocuments(plan)
const { clusters, services, pods, namespaces } = plan.size
console.log(
  `${clusters} clusters, ${services} services, ${pods} pods, ${namespaces} namespaces: ${(documents.document.byteLength / 1e6).toFixed(1)} MB`,
)

const commandLine = [measureExecutedFiles(), ...measureStartUp(rounds), ...measureFiles(rounds)]
for (const figure of commandLine) console.log(describeFigure(figure))

const { figures: snapshot, bytes } = measureSnapshot(documents.document, rounds)
for (const figure of snapshot) console.log(describeFigure(figure))

const rules = measureRules(rounds)
for (const figure of rules) console.log(describeFigure(figure))

const groups = measureGroups(rounds)
for (const figure of groups) console.log(describeFigure(figure))

const schemas = await measureSchemas(documents.document, rounds)
for (const figure of schemas) console.log(describeFigure(figure))

const dataDir = mkdtempSync(join(tmpdir(), 'sightline-bench-'))
const load = startLoadGenerator()
try {
  const service = await measureService({ dataDir, plan, documents, canonicalBytes: bytes, load, rounds })
  for (const figure of service) console.log(describeFigure(figure))
  if (![...commandLine, ...snapshot, ...rules, ...groups, ...schemas, ...service].every(passes)) process.exitCode = 1
} finally {
  load.stop()
  rmSync(dataDir, { recursive: true, force: true })
}
