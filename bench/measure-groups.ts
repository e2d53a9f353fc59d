import { answerCallers } from '#engine/groups/answer-callers'
import { answerIsolation } from '#engine/groups/answer-isolation'
import { answerReach } from '#engine/groups/answer-reach'
import { isProblem } from '#engine/manifests/document-fault'
import { readDocument } from '#engine/manifests/read-document'
import { readClusterResources } from '#engine/resources/read-cluster-resources'
import { buildSnapshot } from '#engine/snapshot/build-snapshot'
import type { Snapshot } from '#engine/snapshot/snapshot'
import { buildAll } from './build-all.js'
import type { Figure } from './figure.js'
import { fullSize, type Plan, planMesh, type Size } from './generate/plan.js'
import { generateDocuments } from './generated-documents.js'
import { median } from './median.js'

const partOf = (share: number): Size => ({
  clusters: fullSize.clusters,
  services: fullSize.services * share,
  pods: fullSize.pods * share,
  namespaces: Math.ceil(fullSize.namespaces * share),
})

const timed = (work: () => unknown): number => {
  const since = performance.now()
  work()
  return performance.now() - since
}

interface Mesh {
  readonly plan: Plan
  readonly build: () => Snapshot
}

/** With two tenants of five namespaces each. */
function meshOf(plan: Plan): Mesh {
  const read = readDocument({ body: generateDocuments(plan).document, mediaType: 'application/json' })
  if (isProblem(read)) throw new Error(`the generated document is refused: ${read.message}`)
  const { contentHash, parts } = read
  const tenants = [0, 5].map((first) => ({
    name: `tenant-${first}`,
    kind: 'NAMESPACE' as const,
    members: plan.namespaces.slice(first, first + 5).map(({ name }) => name),
  }))
  const header = { ...read.header, tenants }
  const resourcesOf = () =>
    parts.map(({ cluster, digest, body, places }) => ({ cluster, resources: readClusterResources(digest, body), places }))
  return { plan, build: () => buildAll(buildSnapshot({ contentHash, header, parts: resourcesOf() })) }
}

/** Of so many of each the middle one counts. */
const asked = { services: 15, workloads: 3 } as const

const at = <T>(items: readonly T[], index: number): T => {
  const item = items[(index * 37) % items.length]
  if (item === undefined) throw new Error('there is nothing to ask about')
  return item
}

interface Costs {
  readonly built: number
  readonly cold: number
  readonly warm: number
  readonly reach: number
  readonly isolation: number
}

/** One round over a snapshot that nobody has asked anything yet: cold is its first question, warm those that follow, about other services. */
function costsOf({ plan, build }: Mesh, round: number): Costs {
  const since = performance.now()
  const snapshot = build()
  const built = performance.now() - since
  const now = { at: Date.now() }
  const services = plan.clusters.flatMap(({ applications }) => applications)
  const callers = (index: number): number => {
    const { name, namespace } = at(services, index)
    return timed(() => answerCallers(snapshot, { of: { host: `${name}.${namespace}.svc.cluster.local` } }, now))
  }
  const first = round * (asked.services + 1)
  const cold = callers(first)
  const warm = Array.from({ length: asked.services }, (_, index) => callers(first + index + 1))
  const workloads = (plan.clusters[0]?.applications ?? []).filter(({ versioned }) => !versioned)
  const reach = Array.from({ length: asked.workloads }, (_, index) => {
    const { name, namespace } = at(workloads, round + index)
    return timed(() => answerReach(snapshot, { of: { cluster: 'cluster-1', namespace, workload: name } }, now))
  })
  const between = [{ tenant: 'tenant-0' }, { tenant: 'tenant-5' }]
  const isolation = timed(() => answerIsolation(snapshot, { between }, now))
  return { built, cold, warm: median(warm), reach: median(reach), isolation }
}

/** The first rounds are left out: they run code that is not compiled yet. */
const warmingUp = 3

function middleOf(mesh: Mesh, rounds: number): Costs {
  const all = Array.from({ length: rounds + warmingUp }, (_, round) => costsOf(mesh, round)).slice(warmingUp)
  const of = (what: keyof Costs): number => median(all.map((costs) => costs[what]))
  return { built: of('built'), cold: of('cold'), warm: of('warm'), reach: of('reach'), isolation: of('isolation') }
}

const questions = {
  cold: { target: 0.5, name: 'who can call a service, the first question' },
  warm: { target: 0.08, name: 'who can call a service, later questions' },
  reach: { target: 1.5, name: 'whom a workload can call' },
  isolation: { target: 5, name: 'isolation of two tenants' },
} as const

/**
 * (q) The question turned round against building the snapshot, with every workload and view, in the same run; and what it costs in as many times more of the
 * mesh, against as much of it.
 */
export function measureGroups(rounds: number, [one, two, four] = [1 / 4, 1 / 2, 1]): readonly Figure[] {
  const [small, middle, large] = [one, two, four].map((share) => middleOf(meshOf(planMesh(partOf(share))), rounds))
  if (small === undefined || middle === undefined || large === undefined) return []
  return (['cold', 'warm', 'reach', 'isolation'] as const).flatMap((kind): readonly Figure[] => [
    {
      name: `(q) ${questions[kind].name} / the snapshot`,
      measured: large[kind] / large.built,
      target: questions[kind].target,
      holds: 'AT_MOST',
      detail: `${large[kind].toFixed(0)} ms over ${large.built.toFixed(0)} ms`,
    },
    {
      name: '(q) the same, at 2 and 4 times the size / 2 and 4 × the cost',
      measured: Math.max(large[kind] / (4 * small[kind]), middle[kind] / (2 * small[kind])),
      target: 1.3,
      holds: 'AT_MOST',
      detail: `${[small, middle, large].map((costs) => costs[kind].toFixed(0)).join(', ')} ms`,
    },
  ])
}
