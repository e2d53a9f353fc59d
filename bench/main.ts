// What Sightline costs, as ratios against floors measured in the same run. Needs a build (`npm run build`); docs/performance.md
// says what each figure means.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { compareFigures } from './compare-figures.js'
import { describeFigure, type Figure, passes } from './figure.js'
import { fullSize, type Plan, planMesh } from './generate/plan.js'
import { generateDocuments } from './generated-documents.js'
import { type LoadGenerator, startLoadGenerator } from './load-generator.js'
import { measureExecutedFiles } from './measure-executed-files.js'
import { measureGroups } from './measure-groups.js'
import { measureRemedies } from './measure-remedies.js'
import { measureRules } from './measure-rules.js'
import { measureServicePage } from './measure-service-page.js'
import { measureService } from './measure-service.js'
import { measureFiles } from './measure-files.js'
import { measureSchemas } from './measure-schemas.js'
import { measureSnapshot } from './measure-snapshot.js'
import { measureStartUp } from './measure-start-up.js'
import { measureThroughput } from './measure-throughput.js'

const rounds = 7

const told = (figures: readonly Figure[]): readonly Figure[] => {
  for (const figure of figures) console.log(describeFigure(figure))
  return figures
}

/** (a) to (e) of one mesh. */
async function measureMesh(plan: Plan, load: LoadGenerator): Promise<readonly Figure[]> {
  const documents = generateDocuments(plan)
  const { clusters, services, pods, namespaces } = plan.size
  const size = `${(documents.document.byteLength / 1e6).toFixed(1)} MB${plan.mixed ? ', a third ambient and a third routed by the Gateway API' : ''}`
  console.log(`${clusters} clusters, ${services} services, ${pods} pods, ${namespaces} namespaces: ${size}`)
  const { figures, bytes } = measureSnapshot(documents.document, rounds)
  const snapshot = told(figures)
  const schemas = told(await measureSchemas(documents.document, rounds))
  const dataDir = mkdtempSync(join(tmpdir(), 'sightline-bench-'))
  try {
    return [...snapshot, ...schemas, ...told(await measureService({ dataDir, plan, documents, canonicalBytes: bytes, load, rounds }))]
  } finally {
    rmSync(dataDir, { recursive: true, force: true })
  }
}

/** (a) to (e) of both meshes, and how the second stands beside the first. */
async function measureMeshes(load: LoadGenerator): Promise<readonly Figure[]> {
  const sidecars = await measureMesh(planMesh(fullSize), load)
  const mixed = await measureMesh(planMesh(fullSize, true), load)
  return [...sidecars, ...mixed, ...told(compareFigures(sidecars, mixed))]
}

const groups = async (): Promise<readonly Figure[]> => [
  ...told(measureGroups(rounds)),
  ...told(await measureServicePage(planMesh(fullSize), rounds)),
  ...told(measureRemedies(rounds)),
]

/** `npm run bench -- meshes`: the two meshes alone; `-- questions`: (c) alone. */
async function everything(): Promise<readonly Figure[]> {
  const only = process.argv.find((word) => word === 'meshes' || word === 'questions')
  const whole = only === undefined
  const commandLine = whole ? told([measureExecutedFiles(), ...measureStartUp(rounds), ...measureFiles(rounds)]) : []
  const rules = whole ? [...told(measureRules(rounds)), ...(await groups())] : []
  const load = startLoadGenerator()
  try {
    const meshes =
      only === 'questions' ? told(await measureThroughput(planMesh(fullSize), load, 2 * rounds + 1)) : await measureMeshes(load)
    return [...commandLine, ...rules, ...meshes]
  } finally {
    load.stop()
  }
}

/** `npm run bench -- groups`: the question turned round alone; `groups-large`: in one, two and four times the mesh, which takes minutes and 3 GB. */
const figures = process.argv.includes('groups-large')
  ? told(measureGroups(3, [1, 2, 4]))
  : process.argv.includes('groups')
    ? await groups()
    : await everything()
if (!figures.every(passes)) process.exitCode = 1
