import { judgeTrust } from '#engine/analysis/trust/judge-trust'
import { answerFrom } from '#engine/analysis/answer/answer-from'
import { toldIn } from '#engine/analysis/answer/told-in'
import { symptomOf } from '#engine/analysis/symptom/symptom-of'
import { traceCall } from '#engine/analysis/trace-call'
import { listHidden, listPage, listVisible } from '#engine/analysis/visibility/list-visible'
import { classifyDeployment } from '#engine/deployment/classify-deployment'
import { describeInventory } from '#engine/inventory/describe-inventory'
import { inventoryServices } from '#engine/inventory/inventory-services'
import { inventoryWorkloads } from '#engine/inventory/inventory-workloads'
import { pageOf } from '#engine/inventory/page-of'
import { answerCallers } from '#engine/groups/answer-callers'
import { answerIsolation } from '#engine/groups/answer-isolation'
import { answerReach } from '#engine/groups/answer-reach'
import type { Asking } from '#engine/groups/ask-groups'
import { answerEffectivePolicy } from '#engine/groups/effective/answer-effective-policy'
import { type Problem, isProblem } from '#engine/model/app-error'
import type { SubjectInput } from '#engine/model/groups/subject-input'
import type { ReachabilityQuestion, SourceInput, VisibilityQuestion } from '#engine/model/question'
import type { Reachability } from '#engine/model/reachability'
import { type Selection, selectFields } from '#engine/model/selection'
import type { View } from '#engine/model/topology/view'
import type { ServiceVisibility } from '#engine/model/visibility'
import { watchWork } from '#engine/model/work-signal'
import type { Trace } from '#engine/analysis/answer/trace'
import { whyNoRemedy } from '#engine/remedies/told/why-no-remedy'
import { type FindRemedies, remedyFinder } from '#engine/remedies/find-remedies'
import type { Snapshot } from '#engine/snapshot/snapshot'
import { callInView } from '#engine/tenancy/call-in-view'
import { mayAskSubject } from '#engine/tenancy/may-ask-subject'
import { policyInView } from '#engine/tenancy/policy-in-view'
import { shownIn } from '#engine/tenancy/shown-in'
import { inventoryInView, serviceListInView, workloadListInView } from '#engine/tenancy/inventory-in-view'
import { mayAskCall, mayAskSource, mayAskTrust } from '#engine/tenancy/may-ask'
import { problemInView } from '#engine/tenancy/problem-in-view'
import { narrowTo, servicesInView } from '#engine/tenancy/services-in-view'
import { type Sight, sightOf } from '#engine/tenancy/sight'
import { trustInView } from '#engine/tenancy/trust-in-view'
import type { Answered, AnswerTo, SnapshotAsks } from './analyst.js'
import type { Ask } from './ask.js'
import { relations } from './relations/relations.js'
import { writeProxyConfig } from './write-proxy-config.js'

type Plain = Exclude<keyof SnapshotAsks, 'report' | 'writtenReport' | 'findings' | 'calls' | 'each'>

/** What the engine says of a snapshot, for each thing that can be asked about one; a report reads more than a snapshot. */
export const answers: { readonly [K in Plain]: (snapshot: Snapshot, ask: Ask<K>) => AnswerTo<K> } = {
  reachability: (snapshot, { questions, at, wanted, view }) => {
    const findRemedies = wanted === undefined || 'remedies' in wanted || 'noRemedy' in wanted ? remedyFinder(snapshot) : undefined
    return { value: questions.map((question) => answerCall(snapshot, question, { at, findRemedies, wanted, view })) }
  },
  visibility: (snapshot, { question, view }) => visible(listVisible, snapshot, question, view),
  hidden: (snapshot, { question, view }) => visible(listHidden, snapshot, question, view),
  visiblePage: (snapshot, { question, view }) => visible(listPage, snapshot, question, view),
  trust: (snapshot, { question, at, view }) => {
    const judge = () => judgeTrust(snapshot, question, momentOf(question, at))
    if (view === undefined) return answered(judge())
    const sight = sightOf(snapshot, view)
    return mayAskTrust(sight, question) ?? inView(sight, judge(), trustInView)
  },
  callers: (snapshot, ask) => ofGroups(snapshot, ask, [ask.question.of], (asking) => answerCallers(snapshot, ask.question, asking)),
  reach: (snapshot, ask) => ofGroups(snapshot, ask, [ask.question.of], (asking) => answerReach(snapshot, ask.question, asking)),
  isolation: (snapshot, ask) => ofGroups(snapshot, ask, ask.question.between, (asking) => answerIsolation(snapshot, ask.question, asking)),
  effectivePolicy: (snapshot, { question, view }) => {
    if (view === undefined) return answered(answerEffectivePolicy(snapshot, question))
    const sight = sightOf(snapshot, view)
    const told = (): ReturnType<typeof answerEffectivePolicy> => answerEffectivePolicy(snapshot, question, policyInView(sight))
    return mayAskSubject(sight, view, [question.of]) ?? inView(sight, told(), same)
  },
  proxyConfig: writeProxyConfig,
  ...relations,
  deployment: (snapshot) => ({ value: classifyDeployment(snapshot) }),
  inventory: (snapshot, { view }) => {
    const all = describeInventory(snapshot)
    return { value: view === undefined ? all : inventoryInView(sightOf(snapshot, view), view, all) }
  },
  services: (snapshot, { page, view }) => ({
    value: view === undefined ? pageOf(inventoryServices(snapshot), page) : serviceListInView(sightOf(snapshot, view), page),
  }),
  workloads: (snapshot, { page, view }) => ({
    value: view === undefined ? pageOf(inventoryWorkloads(snapshot), page) : workloadListInView(sightOf(snapshot, view), page),
  }),
}

const same = <T>(_sight: Sight, answer: T): T => answer

/** The question turned round: what of the answer is told is decided where its rows are made. */
function ofGroups<T extends object>(
  snapshot: Snapshot,
  { question, at: now, signal, view }: Ask<'callers' | 'reach' | 'isolation'>,
  subjects: readonly SubjectInput[],
  answer: (asking: Asking) => T | { readonly problem: Problem },
): Answered<T> {
  const asking = { at: momentOf(question, now), watch: watchWork(signal) }
  if (view === undefined) return answered(answer(asking))
  const sight = sightOf(snapshot, view)
  return mayAskSubject(sight, view, subjects) ?? inView(sight, answer({ ...asking, shown: shownIn(sight, view) }), same)
}

interface AskedCall {
  /** The moment of a question that names none. */
  readonly at: number
  /** Absent: nobody reads them, nor why there is none. */
  readonly findRemedies: FindRemedies | undefined
  readonly wanted?: Selection | undefined
  readonly view: View | undefined
}

export function answerCall(
  snapshot: Snapshot,
  question: ReachabilityQuestion,
  { at: now, findRemedies, wanted, view }: AskedCall,
): Answered<Reachability> {
  const sight = view && sightOf(snapshot, view)
  const refused = sight && mayAskCall(sight, question)
  if (refused !== undefined) return refused
  const at = momentOf(question, now)
  const trace = traceCall(snapshot, question, at)
  if (isProblem(trace)) return sight === undefined ? trace : { problem: problemInView(sight, trace.problem, question.from) }
  const whole = answerFrom(trace, toldIn(snapshot, question), wanted)
  const remedied = (): Reachability =>
    findRemedies === undefined ? whole : withRemedies(snapshot, whole, trace, findRemedies(question, trace, at))
  const symptom = (): string | null => (wanted === undefined || 'symptom' in wanted ? symptomOf(snapshot, question, trace, at) : null)
  const answer = sight === undefined ? { ...remedied(), symptom: symptom() } : callInView(sight, whole)
  return { value: wanted === undefined ? answer : (selectFields(answer, wanted) as Reachability) }
}

const withRemedies = (snapshot: Snapshot, answer: Reachability, trace: Trace, remedies: Reachability['remedies']): Reachability => ({
  ...answer,
  remedies,
  noRemedy: whyNoRemedy(snapshot, trace, remedies.length),
})

function visible(
  list: typeof listVisible,
  snapshot: Snapshot,
  question: VisibilityQuestion,
  view: View | undefined,
): Answered<ServiceVisibility> {
  if (view === undefined) return answered(list(snapshot, question))
  const sight = sightOf(snapshot, view)
  return mayAskSource(sight, question.from) ?? inView(sight, list(snapshot, question, narrowTo(sight)), servicesInView, question.from)
}

const inView = <T extends object>(
  sight: Sight,
  result: T | { readonly problem: Problem },
  narrowed: (sight: Sight, answer: T) => T,
  from?: SourceInput,
): Answered<T> => (isProblem(result) ? { problem: problemInView(sight, result.problem, from) } : { value: narrowed(sight, result) })

/** The moment a question is about: its own, else the request's. */
const momentOf = ({ at }: { readonly at?: string | null }, now: number): number => (at ? Date.parse(at) : now)

const answered = <T extends object>(result: T | { readonly problem: Problem }): Answered<T> =>
  isProblem(result) ? result : { value: result }
