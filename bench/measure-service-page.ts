import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type FastifyInstance, fastify } from 'fastify'
import { operator } from '#access/operator'
import { createInProcessAnalyst } from '#analyst/in-process'
import { readDocument } from '#engine/manifests/read-document'
import { isProblem } from '#engine/manifests/document-fault'
import { readClusterResources } from '#engine/resources/read-cluster-resources'
import { buildSnapshot } from '#engine/snapshot/build-snapshot'
import { registerGraphql } from '#graphql/register-graphql'
import { appendVersion } from '#operations/versions/append-version'
import { openStore } from '#store/open-store'
import { buildAll } from './build-all.js'
import type { Figure } from './figure.js'
import type { Plan } from './generate/plan.js'
import { generateDocuments } from './generated-documents.js'
import { median } from './median.js'

/** The query that the page about it shows. */
const query = /^```graphql\n([^]*?)^```/m.exec(readFileSync('docs/service-page.md', 'utf8'))?.[1] ?? ''
const topology = 'generated'

const timed = async (work: () => unknown): Promise<number> => {
  const since = performance.now()
  await work()
  return performance.now() - since
}

/** GraphQL over one stored version, in this process. */
async function withGraphql<T>(body: Uint8Array, work: (app: FastifyInstance) => Promise<T>): Promise<T> {
  const dataDir = mkdtempSync(join(tmpdir(), 'sightline-bench-page-'))
  const store = await openStore({ dataDir })
  const analyst = createInProcessAnalyst()
  const app = fastify()
  try {
    const at = Date.now()
    const dependencies = { store, analyst, caller: operator, now: () => at }
    await appendVersion(dependencies, { topology, upload: { body, mediaType: 'application/json' } })
    await registerGraphql(app, () => dependencies, 16 * 1024 ** 2)
    return await work(app)
  } finally {
    await app.close()
    await analyst.close()
    await store.close()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

async function askPage(app: FastifyInstance, host: string, namespace: string): Promise<void> {
  const payload = { query, variables: { topology, host, namespace } }
  const { body } = await app.inject({ method: 'POST', url: '/graphql', payload })
  if (body.includes('"errors"')) throw new Error(body.slice(0, 500))
}

function timeToBuild(body: Uint8Array): number {
  const read = readDocument({ body, mediaType: 'application/json' })
  if (isProblem(read)) throw new Error(`the generated document is refused: ${read.message}`)
  const { contentHash, header, parts } = read
  const resources = parts.map((part) => ({
    cluster: part.cluster,
    resources: readClusterResources(part.digest, part.body),
    places: part.places,
  }))
  const since = performance.now()
  buildAll(buildSnapshot({ contentHash, header, parts: resources }))
  return performance.now() - since
}

/** (s) A service's page over GraphQL, all of it by one query, against building the snapshot with every workload and view. */
export async function measureServicePage(plan: Plan, rounds: number): Promise<readonly Figure[]> {
  const { document } = generateDocuments(plan)
  const built = median(Array.from({ length: rounds }, () => timeToBuild(document.slice())))
  const services = plan.clusters.flatMap(({ applications }) => applications)
  const { first, again } = await withGraphql(document.slice(), async (app) => {
    const times: { first: number[]; again: number[] } = { first: [], again: [] }
    for (let round = 0; round < rounds + 2; round += 1) {
      const { name = '', namespace = '' } = services[(round * 37) % services.length] ?? {}
      const page = (): Promise<void> => askPage(app, `${name}.${namespace}.svc.cluster.local`, namespace)
      times.first.push(await timed(page))
      times.again.push(await timed(page))
    }
    return { first: times.first.slice(2), again: times.again.slice(2) }
  })
  return [
    {
      name: '(s) a service’s page, looked at before / the snapshot',
      measured: median(again) / built,
      target: 0.4,
      holds: 'AT_MOST',
      detail: `${median(again).toFixed(0)} ms over ${built.toFixed(0)} ms; ${median(first).toFixed(0)} ms when it is looked at first`,
    },
  ]
}
