import { judgeTrust } from '#engine/analysis/trust/judge-trust'
import { answerFrom } from '#engine/analysis/answer/answer-from'
import { traceCall } from '#engine/analysis/trace-call'
import { listHidden, listPage, listVisible } from '#engine/analysis/visibility/list-visible'
import { classifyDeployment } from '#engine/deployment/classify-deployment'
import { describeInventory } from '#engine/inventory/describe-inventory'
import { inventoryServices } from '#engine/inventory/inventory-services'
import { inventoryWorkloads } from '#engine/inventory/inventory-workloads'
import { pageOf } from '#engine/inventory/page-of'
import { type Problem, isProblem } from '#engine/model/app-error'
import type { ReachabilityQuestion } from '#engine/model/question'
import type { Reachability } from '#engine/model/reachability'
import { type Selection, selectFields } from '#engine/model/selection'
import { type FindRemedies, remedyFinder } from '#engine/remedies/find-remedies'
import type { Snapshot } from '#engine/snapshot/snapshot'
import type { Answered, AnswerTo, SnapshotAsks } from './analyst.js'
import type { Ask } from './ask.js'
import { writeProxyConfig } from './write-proxy-config.js'

type Plain = Exclude<keyof SnapshotAsks, 'report' | 'findings' | 'calls'>

/** What the engine says of a snapshot, for each thing that can be asked about one; a report reads more than a snapshot. */
export const answers: { readonly [K in Plain]: (snapshot: Snapshot, ask: Ask<K>) => AnswerTo<K> } = {
  reachability: (snapshot, { questions, at, wanted }) => {
    const find = wanted === undefined || 'remedies' in wanted ? remedyFinder(snapshot) : noRemedies
    return { value: questions.map((question) => answerCall(snapshot, question, at, find, wanted)) }
  },
  visibility: (snapshot, { question }) => answered(listVisible(snapshot, question)),
  hidden: (snapshot, { question }) => answered(listHidden(snapshot, question)),
  visiblePage: (snapshot, { question }) => answered(listPage(snapshot, question)),
  trust: (snapshot, { question, at }) => answered(judgeTrust(snapshot, question, momentOf(question, at))),
  proxyConfig: writeProxyConfig,
  deployment: (snapshot) => ({ value: classifyDeployment(snapshot) }),
  inventory: (snapshot) => ({ value: describeInventory(snapshot) }),
  services: (snapshot, { page }) => ({ value: pageOf(inventoryServices(snapshot), page) }),
  workloads: (snapshot, { page }) => ({ value: pageOf(inventoryWorkloads(snapshot), page) }),
}

const noRemedies: FindRemedies = () => []

/** `now`: the moment of a question that names none. */
export function answerCall(
  snapshot: Snapshot,
  question: ReachabilityQuestion,
  now: number,
  findRemedies: FindRemedies,
  wanted?: Selection,
): Answered<Reachability> {
  const at = momentOf(question, now)
  const trace = traceCall(snapshot, question, at)
  if (isProblem(trace)) return trace
  const answer: Reachability = { ...answerFrom(trace, question, wanted), remedies: findRemedies(question, trace, at) }
  return { value: wanted === undefined ? answer : (selectFields(answer, wanted) as Reachability) }
}

/** The moment a question is about: its own, else the request's. */
const momentOf = ({ at }: { readonly at?: string | null }, now: number): number => (at ? Date.parse(at) : now)

const answered = <T extends object>(result: T | { readonly problem: Problem }): Answered<T> =>
  isProblem(result) ? result : { value: result }
