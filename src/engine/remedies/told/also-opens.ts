/**
 * What does a change open besides the call that it is for?
 *
 * Callers are compared by kinds, before and after: others that get to the same destination now, the same caller with any other request, and the same
 * caller at other services. So many are looked at as somebody waits for; where there are more, the count says that it is not complete. Rules FLOW-1, FLOW-4.
 */
import { pause } from '../../pause.js'
import { resolveSource } from '../../analysis/caller/resolve-source.js'
import { distinctCallers } from '../../analysis/likeness/distinct-callers.js'
import { traceCall } from '../../analysis/trace-call.js'
import { isProblem } from '../../model/app-error.js'
import type { ReachabilityQuestion } from '../../model/question.js'
import type { AlsoOpens } from '../../model/step.js'
import type { Verdict } from '../../model/verdict.js'
import type { Snapshot } from '../../snapshot/snapshot.js'
import { isPassed, type Workload } from '../../snapshot/workloads/workload.js'

/** A version as it is, and as it would be. */
export interface Changed {
  readonly before: Snapshot
  readonly after: Snapshot
}

const mostKinds = 40
const mostHosts = 20
const mostExamples = 3

const ranks: readonly Verdict[] = ['UNREACHABLE', 'UNDETERMINED', 'AMBIGUOUS', 'REACHABLE']

const rankIn = (snapshot: Snapshot, question: ReachabilityQuestion, at: number): number => {
  pause()
  const trace = traceCall(snapshot, question, at)
  return isProblem(trace) ? 0 : ranks.indexOf(trace.verdict)
}

/** Does the call get further, and somewhere? */
const isOpened = ({ before, after }: Changed, question: ReachabilityQuestion, at: number): boolean => {
  const now = rankIn(after, question, at)
  return now >= ranks.indexOf('AMBIGUOUS') && now > rankIn(before, question, at)
}

interface Opened {
  readonly count: number
  readonly examples: readonly string[]
  readonly complete: boolean
}

export function alsoOpens(changed: Changed, question: ReachabilityQuestion, at: number): AlsoOpens {
  const parts = [otherCallers(changed, question, at), otherRequests(changed, question, at), otherHosts(changed, question, at)]
  return {
    count: parts.reduce((sum, { count }) => sum + count, 0),
    examples: parts.flatMap(({ examples }) => examples).slice(0, mostExamples),
    complete: parts.every(({ complete }) => complete),
  }
}

const ownerOf = ({ cluster, namespace, owner }: Workload): string => `${cluster}/${namespace}/${owner.name}`

/** The same destination, whoever looks it up. */
const hostFor = ({ from, to: { host } }: ReachabilityQuestion): string =>
  host.includes('.') || !from.namespace ? host : `${host}.${from.namespace}`

const meantBy = (snapshot: Snapshot, { from }: ReachabilityQuestion): ReadonlySet<string> => {
  const source = from.outside === true ? undefined : resolveSource(snapshot, from)
  const clients = source === undefined || isProblem(source) ? [] : source.clients
  return new Set(clients.flatMap(({ workload, alike }) => [workload, ...(alike ?? [])].map(ownerOf)))
}

function otherCallers(changed: Changed, question: ReachabilityQuestion, at: number): Opened {
  const { before } = changed
  const meant = meantBy(before, question)
  const all = [...before.clusters.values()].flatMap((cluster) => cluster.namespaceNames.flatMap((name) => cluster.workloads(name)))
  const kinds = distinctCallers(
    before,
    all.filter((workload) => !isPassed(workload) && !meant.has(ownerOf(workload))),
  )
  const host = hostFor(question)
  const opened = kinds.slice(0, mostKinds).flatMap(({ workload, alike }) => {
    const { cluster, namespace, name } = workload
    const asked = { from: { cluster, namespace, workload: name }, to: { ...question.to, host } }
    return isOpened(changed, asked, at) ? [...new Set(alike.map(ownerOf))] : []
  })
  const names = [...new Set(opened)].sort()
  return { count: names.length, examples: names.map((name) => `\`${name}\``), complete: kinds.length <= mostKinds }
}

/** What the question said of the request, left open. */
function otherRequests(changed: Changed, question: ReachabilityQuestion, at: number): Opened {
  const { method, path, headers, ...rest } = question.to
  if (!method && !path && (headers ?? []).length === 0) return { count: 0, examples: [], complete: true }
  const open = { ...question, to: rest }
  const reachable = ranks.indexOf('REACHABLE')
  const isWide = rankIn(changed.after, open, at) === reachable && rankIn(changed.before, open, at) < reachable
  return isWide
    ? { count: 1, examples: ['any other request of the same caller'], complete: true }
    : { count: 0, examples: [], complete: true }
}

/** Services that the same caller gets to. */
function otherHosts(changed: Changed, question: ReachabilityQuestion, at: number): Opened {
  const source = question.from.outside === true ? undefined : resolveSource(changed.before, question.from)
  const client = source === undefined || isProblem(source) ? undefined : source.clients[0]
  if (client?.view === undefined) return { count: 0, examples: [], complete: true }
  const asked = `${hostFor(question)}.`
  const hosts = [...new Set(client.view.services.map(({ hostname }) => hostname))].filter((host) => !`${host}.`.startsWith(asked)).sort()
  const opened = hosts
    .slice(0, mostHosts)
    .filter((host) => !host.includes('*') && isOpened(changed, { from: question.from, to: { host } }, at))
  return { count: opened.length, examples: opened.map((host) => `\`${host}\` for the same caller`), complete: hosts.length <= mostHosts }
}
