import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { processEnvironment } from '#config'
import type { ReachabilityQuestion } from '#engine/model/question'
import type { Reachability } from '#engine/model/reachability'
import { appendVersion } from '#operations/versions/append-version'
import { askReachability } from '#operations/questions/ask-reachability'
import { readContent } from '#operations/documents/read-content'
import { runService } from './run-service.js'
import type { Service } from './start-service.js'

const example = 'multiple-networks'
const from = { cluster: 'west', namespace: 'shop', workload: 'client' }
const questions: readonly ReachabilityQuestion[] = [
  { from, to: { host: 'ratings.shop', port: 9080 } },
  { from, to: { host: 'ledger.legacy', port: 8080 } },
]

/** Loads an example into the running service, asks one call that arrives and one that does not, and goes on serving. */
async function show({ url, dependencies }: Service): Promise<void> {
  const body = readFileSync(new URL(`../examples/${example}/topology.yaml`, import.meta.url))
  await appendVersion(dependencies, { topology: example, upload: { body, mediaType: 'application/yaml' }, message: 'the demo' })
  const version = await readContent(dependencies, { topology: example, ref: 'latest' })
  console.log(`\nexamples/${example} is loaded: one mesh over two clusters, each on a network of its own.`)
  for (const question of questions) console.log(`\n${described(await askReachability(dependencies, version, question))}`)
  console.log(
    [
      '',
      `GraphiQL        ${url}/graphiql`,
      `Docs            ${url}/docs`,
      `REST reference  ${url}/docs/api`,
      `Health          ${url}/livez  ${url}/readyz  ${url}/metrics`,
      '',
      'Serving until Ctrl-C.',
    ].join('\n'),
  )
}

/** An answer as a person reads it: the verdict, the sentence, and the reason of every step. */
function described({ verdict, summary, steps, endpoints, assumptions }: Reachability): string {
  const paths = endpoints.map(
    (path) => `  endpoint ${path.address ?? 'without address'} in ${path.cluster ?? 'no cluster'}: ${path.verdict}, ${path.reason}`,
  )
  const told = steps.map(({ stage, outcome, reason, message }) => `  ${stage.padEnd(14)} ${outcome.padEnd(14)} ${reason}: ${message}`)
  const assumed = assumptions.map(({ code, message }) => `  assumed: ${message} (${code})`)
  return [`${verdict}: ${summary}`, ...told, ...paths, ...assumed].join('\n')
}

const dataDir = mkdtempSync(join(tmpdir(), 'sightline-demo-'))
process.on('exit', () => rmSync(dataDir, { recursive: true, force: true }))
const { DATABASE_URL: _, ...environment } = processEnvironment
await runService({ LOG_LEVEL: 'warn', GRAPHIQL: 'true', ...environment, DATA_DIR: dataDir }, show)
