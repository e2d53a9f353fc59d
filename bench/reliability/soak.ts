// How much memory does the service take after an hour of everything at once? Mixed load by tokens on the embedded store; needs a build.
//
//   npx tsx -C source bench/reliability/soak.ts [--minutes 60] [--rate 5] [--samples FILE]
//
// The first ten minutes are as fast as the service answers, so that what a start brings is over soon: caches that fill, functions that are compiled. Then
// so many requests are sent a second. Every ten seconds the resident memory and the heap of the main thread are read from /metrics. Once a minute the load stands still for some
// seconds: each thread's JavaScript heap is collected and gives back what it has in reserve, and what then is resident is what the service holds, a leak
// outside of the heaps included. Versions are pruned as an operator would. The caches of the analysis hold what fits into ANALYSIS_HEAP_MB: it is small
// here, so that they are full within the first ten minutes.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { planMesh } from '../generate/plan.js'
import { generateDocuments } from '../generated-documents.js'
import { type RunningService, startService } from '../service.js'
import { ask, createToken } from './ask.js'
import { growth, keepSample, type Sample, takeSample } from './memory-samples.js'
import { firstAppends, type LoadedTopology, type Tokens } from './mixed-load.js'
import { startLoad, type Told } from './start-load.js'

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '60' },
    rate: { type: 'string', default: '5' },
    samples: { type: 'string', default: join(tmpdir(), 'sightline-soak.csv') },
  },
})
const [minutes, rate] = [Number(values.minutes), Number(values.rate)]
const warmUp = Math.min(10, Math.floor(minutes / 3))
/** Requests under way while it is as fast as it answers. */
const atOnce = 4

const topologies: readonly LoadedTopology[] = [12, 16, 20].map((services) => {
  const plan = planMesh({ clusters: 4, services, pods: 5 * services, namespaces: 8 })
  return { name: `mesh-${services}`, plan, documents: generateDocuments(plan) }
})

/** Megabytes that each thread's heap holds, and the process, when nothing is in reserve. */
interface Held {
  readonly minute: number
  readonly resident: number
  readonly main: number
  readonly questions: number
  readonly documents: number
  /** Of the database's thread: its heap, and its own memory, which only grows. */
  readonly database: number
  readonly databaseOwn: number
  /** What compiled code takes of all heaps: it grows with every function that has run for long enough to be compiled. */
  readonly code: number
}

const pause = (milliseconds: number): Promise<void> => new Promise((resume) => setTimeout(resume, Math.max(0, milliseconds)))

interface Spared {
  readonly used: number
  readonly external: number
  readonly code: number
}

async function held(service: RunningService, minute: number): Promise<Held> {
  const spare = (command: string, details: object): Promise<Spared> => service.ask<Spared>(command, details)
  const main = await spare('main', { what: 'spare' })
  const questions = await spare('spare', { thread: 'questions 1' })
  const documents = await spare('spare', { thread: 'documents' })
  const database = await spare('spare', { thread: 'database' })
  // Pages are given back beside the threads, by helpers of the collector.
  let resident = Number.POSITIVE_INFINITY
  for (let look = 0; look < 8; look += 1) {
    await pause(250)
    resident = Math.min(resident, await service.ask<number>('resident'))
  }
  return {
    minute,
    resident: resident / 1e6,
    main: main.used / 1e6,
    questions: questions.used / 1e6,
    documents: documents.used / 1e6,
    database: database.used / 1e6,
    databaseOwn: database.external / 1e6,
    code: [main, questions, documents, database].reduce((sum, { code }) => sum + code, 0) / 1e6,
  }
}

async function soak(service: RunningService, tokens: Tokens): Promise<void> {
  for (const request of firstAppends(topologies, tokens)) {
    const { status, text } = await ask(service.port, request)
    if (status !== 201) throw new Error(`not stored: ${status} ${text.slice(0, 300)}`)
  }
  const began = performance.now()
  const minute = (): number => (performance.now() - began) / 60_000
  const load = startLoad({ port: service.port, topologies, tokens }, atOnce)
  const samples: Sample[] = []
  const still: Held[] = []
  for (let tick = 1; tick <= minutes * 6; tick += 1) {
    await pause(began + tick * 10_000 - performance.now())
    if (tick === warmUp * 6) load.slowTo(rate)
    const sample = await takeSample(service.port, tokens.reader, minute())
    if (sample !== undefined) {
      keepSample(values.samples, { ...sample }, samples.length === 0)
      samples.push(sample)
    }
    if (tick % 6 !== 0) continue
    const one = await load.whileStill(() => held(service, minute()))
    keepSample(`${values.samples}.held`, { ...one }, still.length === 0)
    still.push(one)
  }
  load.stop()
  tell(load.told(), samples, still)
}

function tell({ asked, leftOut, answers, times }: Told, samples: readonly Sample[], still: readonly Held[]): void {
  console.log(`${asked} requests in ${minutes} minutes, ${leftOut} left out: ${JSON.stringify(answers)}`)
  for (const [kind, all] of times) {
    const sorted = all.toSorted((a, b) => a - b)
    const at = (share: number): string => `${(sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN).toFixed(0)} ms`
    console.log(`  ${kind}: ${sorted.length}, p50 ${at(0.5)}, p99 ${at(0.99)}`)
  }
  const line = <T extends { readonly minute: number }>(name: string, all: readonly T[], value: (one: T) => number): void => {
    const points = all.map((one) => [one.minute, value(one)] as const)
    const { slope, least, most, alike } = growth(points, warmUp)
    const [first, last] = [points.find(([at]) => at >= warmUp), points.at(-1)]
    const interval = `${least.toFixed(2)} to ${most.toFixed(2)}`
    console.log(
      `${name}: ${slope.toFixed(2)} (${interval}, likeness ${alike.toFixed(2)}) an hour, ${first?.[1].toFixed(1)} to ${last?.[1].toFixed(1)} after minute ${warmUp}`,
    )
  }
  line('MB resident, nothing in reserve', still, ({ resident }) => resident)
  line('MB resident, without compiled code', still, ({ resident, code }) => resident - code)
  line('MB of compiled code', still, ({ code }) => code)
  line('MB resident, least of each minute', samples, ({ resident }) => resident)
  line('MB of the main thread', still, ({ main }) => main)
  line('MB of the questions’ thread', still, ({ questions }) => questions)
  line('MB of the documents’ thread', still, ({ documents }) => documents)
  line('MB of the database’s thread', still, ({ database }) => database)
  line('MB of the database’s own memory', still, ({ databaseOwn }) => databaseOwn)
  line('open files', samples, ({ files }) => files)
}

const scratch = mkdtempSync(join(tmpdir(), 'sightline-soak-'))
const adminFile = join(scratch, 'admin')
const service = await startService(join(scratch, 'data'), {
  ADMIN_TOKEN_FILE: adminFile,
  ANALYSIS_HEAP_MB: '128',
  EVENT_LOOP_DELAY_MS: '0',
  // As the image and the chart state them.
  MALLOC_ARENA_MAX: '2',
  MALLOC_TRIM_THRESHOLD_: '131072',
})
try {
  const admin = readFileSync(adminFile, 'utf8').trim()
  const token = (scope: string): Promise<string> => createToken(service.port, admin, [scope])
  await soak(service, { admin, reader: await token('read'), writer: await token('write') })
} finally {
  await service.stop()
  rmSync(scratch, { recursive: true, force: true })
}
