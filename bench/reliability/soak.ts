// How much memory does the service take after an hour of everything at once? Mixed load by tokens on the embedded store; needs a build.
//
//   npx tsx -C source bench/reliability/soak.ts [--minutes 60] [--rate 5] [--samples FILE]
//
// Every ten seconds the resident memory and the heap of the main thread are read from /metrics. Once a minute every JavaScript heap but that
// of the embedded database is collected by force and told apart, so that a leak can be told from memory that the allocator keeps. The
// caches of the analysis hold what fits into ANALYSIS_HEAP_MB: it is small here, so that they are full within the first ten minutes.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { planMesh } from '../generate/plan.js'
import { generateDocuments } from '../generated-documents.js'
import { type RunningService, startService } from '../service.js'
import { ask, createToken } from './ask.js'
import { growth, keepSample, type Sample, takeSample } from './memory-samples.js'
import { deedOf, firstAppends, type LoadedTopology, type Tokens } from './mixed-load.js'

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '60' },
    rate: { type: 'string', default: '5' },
    samples: { type: 'string', default: join(tmpdir(), 'sightline-soak.csv') },
  },
})
const [minutes, rate] = [Number(values.minutes), Number(values.rate)]
const warmUp = Math.min(10, Math.floor(minutes / 3))
/** Requests under way at once at most; a service that is behind is asked less, which is told. */
const most = 64

const topologies: readonly LoadedTopology[] = [12, 16, 20].map((services) => {
  const plan = planMesh({ clusters: 4, services, pods: 5 * services, namespaces: 8 })
  return { name: `mesh-${services}`, plan, documents: generateDocuments(plan) }
})

interface Threads {
  readonly main: number
  readonly questions: number
  readonly documents: number
}

async function collectedHeaps(service: RunningService): Promise<Threads> {
  const used = async (command: string, details?: object): Promise<number> =>
    (await service.ask<{ readonly used: number }>(command, details)).used / 1e6
  return {
    main: await used('main', { what: 'heap' }),
    questions: await used('heap'),
    documents: await used('heap', { thread: 'documents' }),
  }
}

/** Sends at the rate until the end; answers that were no success, and requests left out because too many were under way. */
function startLoad(port: number, tokens: Tokens) {
  const answers = new Map<string, number>()
  const times = new Map<string, number[]>()
  let [index, underWay, leftOut] = [0, 0, 0]
  const send = async (): Promise<void> => {
    const { kind, ...request } = deedOf(topologies, tokens, index++)
    const since = performance.now()
    underWay += 1
    const status = await ask(port, request).then(
      (answer) => (answer.text.startsWith('{"errors"') ? `errors ${answer.text.slice(0, 200)}` : `${answer.status}`),
      (error: unknown) => `no answer: ${String(error)}`,
    )
    underWay -= 1
    const counted = status.startsWith('2') ? '2xx' : `${status} (${kind})`
    answers.set(counted, (answers.get(counted) ?? 0) + 1)
    times.set(kind, [...(times.get(kind) ?? []), performance.now() - since])
  }
  const timer = setInterval(() => {
    if (underWay < most) void send()
    else leftOut += 1
  }, 1000 / rate)
  return {
    stop: () => clearInterval(timer),
    told: () => ({ asked: index, leftOut, answers: Object.fromEntries(answers), times }),
  }
}

const pause = (milliseconds: number): Promise<void> => new Promise((resume) => setTimeout(resume, Math.max(0, milliseconds)))

async function soak(service: RunningService, tokens: Tokens): Promise<void> {
  for (const request of firstAppends(topologies, tokens)) {
    const { status, text } = await ask(service.port, request)
    if (status !== 201) throw new Error(`not stored: ${status} ${text.slice(0, 300)}`)
  }
  const began = performance.now()
  const minute = (): number => (performance.now() - began) / 60_000
  const load = startLoad(service.port, tokens)
  const samples: Sample[] = []
  const collected: (Threads & { readonly minute: number; readonly resident: number })[] = []
  for (let tick = 1; tick <= minutes * 6; tick += 1) {
    await pause(began + tick * 10_000 - performance.now())
    const sample = await takeSample(service.port, tokens.reader, minute())
    if (sample === undefined) continue
    keepSample(values.samples, { ...sample }, samples.length === 0)
    samples.push(sample)
    if (tick % 6 !== 0) continue
    const heaps = await collectedHeaps(service)
    const after = await takeSample(service.port, tokens.reader, minute())
    if (after === undefined) continue
    const one = { minute: after.minute, resident: after.resident, ...heaps }
    keepSample(`${values.samples}.collected`, one, collected.length === 0)
    collected.push(one)
  }
  load.stop()
  tell(load.told(), samples, collected)
}

type Told = ReturnType<ReturnType<typeof startLoad>['told']>

function tell({ asked, leftOut, answers, times }: Told, samples: readonly Sample[], collected: readonly (Threads & Sampled)[]): void {
  console.log(`${asked} requests in ${minutes} minutes, ${leftOut} left out: ${JSON.stringify(answers)}`)
  for (const [kind, all] of times) {
    const sorted = all.toSorted((a, b) => a - b)
    const at = (share: number): string => `${(sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN).toFixed(0)} ms`
    console.log(`  ${kind}: ${sorted.length}, p50 ${at(0.5)}, p99 ${at(0.99)}`)
  }
  const line = (name: string, points: readonly (readonly [number, number])[]): void => {
    const { slope, error } = growth(points, warmUp)
    const [first, last] = [points.find(([minute]) => minute >= warmUp), points.at(-1)]
    console.log(
      `${name}: ${slope.toFixed(2)} ± ${(2 * error).toFixed(2)} MB an hour, ${first?.[1].toFixed(1)} to ${last?.[1].toFixed(1)} MB after minute ${warmUp}`,
    )
  }
  const of = <T extends { readonly minute: number }>(all: readonly T[], value: (one: T) => number) =>
    all.map((one) => [one.minute, value(one)] as const)
  line(
    'resident, least of each minute',
    of(samples, ({ resident }) => resident),
  )
  line(
    'resident, after the collection',
    of(collected, ({ resident }) => resident),
  )
  line(
    'heap of the main thread, least of each minute',
    of(samples, ({ heap }) => heap),
  )
  line(
    'heap of the main thread, collected',
    of(collected, ({ main }) => main),
  )
  line(
    'heap of the questions’ thread, collected',
    of(collected, ({ questions }) => questions),
  )
  line(
    'heap of the documents’ thread, collected',
    of(collected, ({ documents }) => documents),
  )
  line(
    'open files',
    of(samples, ({ files }) => files),
  )
}

interface Sampled {
  readonly minute: number
  readonly resident: number
}

const scratch = mkdtempSync(join(tmpdir(), 'sightline-soak-'))
const adminFile = join(scratch, 'admin')
const service = await startService(join(scratch, 'data'), {
  ADMIN_TOKEN_FILE: adminFile,
  ANALYSIS_HEAP_MB: '128',
  EVENT_LOOP_DELAY_MS: '0',
})
try {
  const admin = readFileSync(adminFile, 'utf8').trim()
  const token = (scope: string): Promise<string> => createToken(service.port, admin, [scope])
  await soak(service, { admin, reader: await token('read'), writer: await token('write') })
} finally {
  await service.stop()
  rmSync(scratch, { recursive: true, force: true })
}
