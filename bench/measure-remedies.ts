import { traceCall } from '#engine/analysis/trace-call'
import { isProblem as isFault } from '#engine/manifests/document-fault'
import { readDocument } from '#engine/manifests/read-document'
import { isProblem } from '#engine/model/app-error'
import type { ReachabilityQuestion } from '#engine/model/question'
import type { Remedy } from '#engine/model/step'
import { remedyFinder } from '#engine/remedies/find-remedies'
import { readClusterResources } from '#engine/resources/read-cluster-resources'
import { putManifests } from '#engine/simulate/put-manifests'
import { buildSnapshot } from '#engine/snapshot/build-snapshot'
import type { Snapshot } from '#engine/snapshot/snapshot'
import { buildAll } from './build-all.js'
import type { Figure } from './figure.js'
import { fullSize, type Plan, planMesh } from './generate/plan.js'
import { generateDocuments } from './generated-documents.js'
import { median } from './median.js'

/** What stops the calls that are asked about: what is there already, and what is put there for it. */
const stops = {
  'a policy': { kind: 'AuthorizationPolicy', spec: { rules: [{ from: [{ source: { principals: ['cluster.local/ns/none/sa/none'] } }] }] } },
  'mutual TLS': { kind: 'PeerAuthentication', spec: { mtls: { mode: 'STRICT' } } },
  'a Sidecar': undefined,
} as const

type Stop = keyof typeof stops

interface Stopped {
  readonly snapshot: Snapshot
  readonly question: ReachabilityQuestion
}

/** A call from one injected namespace, or from one that is not, to a service of which nothing else is special. */
function stoppedBy(stop: Stop, plan: Plan, build: (manifest?: object) => Snapshot): Stopped {
  const [first] = plan.clusters
  const applications = first?.applications ?? []
  const inNamespace = (fits: (position: number) => boolean) => {
    const names = new Set(plan.namespaces.filter(({ position }) => fits(position)).map(({ name }) => name))
    const found = applications.find(({ namespace, versioned }) => names.has(namespace) && !versioned)
    if (found === undefined) throw new Error('the plan has no such application')
    return found
  }
  const isBare = (position: number): boolean => position % 12 === 11
  const isNarrow = (position: number): boolean => position % 6 === 1
  const isPlain = (position: number): boolean => !isBare(position) && !isNarrow(position) && position % 4 !== 0 && position % 10 !== 2
  const server = inNamespace(isPlain)
  const caller = inNamespace(
    stop === 'a policy' ? (position) => isPlain(position) && position > 30 : stop === 'mutual TLS' ? isBare : isNarrow,
  )
  const what = stops[stop]
  const selector = { matchLabels: { app: server.name } }
  const manifest = what && {
    apiVersion: 'security.istio.io/v1',
    kind: what.kind,
    metadata: { name: 'bench', namespace: server.namespace },
    spec: { selector, ...what.spec },
  }
  return {
    snapshot: build(manifest),
    question: {
      from: { cluster: first?.name ?? null, namespace: caller.namespace, workload: caller.name },
      to: { host: `${server.name}.${server.namespace}.svc.cluster.local`, port: 80 },
    },
  }
}

interface Cost {
  readonly remedies: readonly Remedy[]
  /** Milliseconds that what each opens besides takes. */
  readonly each: number
}

/** Of a version that has been asked before, as one that somebody works with has. */
function costOf({ snapshot, question }: Stopped): Cost {
  const now = Date.now()
  const trace = traceCall(snapshot, question, now)
  if (isProblem(trace)) throw new Error(trace.problem.message)
  const timed = (alsoOpens: boolean): { readonly took: number; readonly remedies: readonly Remedy[] } => {
    const since = performance.now()
    const remedies = remedyFinder(snapshot)({ ...question, alsoOpens }, trace, now)
    return { took: performance.now() - since, remedies }
  }
  const without = timed(false)
  const { took, remedies } = timed(true)
  if (remedies.length === 0) throw new Error(`nothing is proposed against ${trace.reason}`)
  return { remedies, each: (took - without.took) / remedies.length }
}

/** (o) What a remedy opens besides, against building the snapshot with every workload and view. */
export function measureRemedies(rounds: number): readonly Figure[] {
  const plan = planMesh(fullSize)
  const read = readDocument({ body: generateDocuments(plan).document, mediaType: 'application/json' })
  if (isFault(read)) throw new Error(`the generated document is refused: ${read.message}`)
  const { contentHash, header, parts } = read
  const built: number[] = []
  const build = (manifest?: object): Snapshot => {
    const since = performance.now()
    const resources = parts.map(({ cluster, digest, body, places }) => ({ cluster, resources: readClusterResources(digest, body), places }))
    const put = resources.map((part) => (manifest === undefined ? part : { ...part, resources: putManifests(part.resources, [manifest]) }))
    const snapshot = buildAll(buildSnapshot({ contentHash, header, parts: put }))
    built.push(performance.now() - since)
    return snapshot
  }
  return (Object.keys(stops) as Stop[]).map((stop): Figure => {
    const costs = Array.from({ length: rounds + 2 }, () => costOf(stoppedBy(stop, plan, build))).slice(2)
    const each = median(costs.map((cost) => cost.each))
    const all = costs.at(-1)?.remedies ?? []
    const complete = all.filter(({ alsoOpens }) => alsoOpens?.complete).length
    return {
      name: `(o) what a remedy against ${stop} opens besides / the snapshot`,
      measured: each / median(built),
      target: 0.75,
      holds: 'AT_MOST',
      detail: `${each.toFixed(0)} ms over ${median(built).toFixed(0)} ms a remedy; ${complete} of ${all.length} complete`,
    }
  })
}
