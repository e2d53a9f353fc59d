/**
 * What does a change open besides the call that it is for?
 *
 * Every other call of every caller, before and after: the same destination for others first, then other requests and other services of the same caller, then
 * others at other services. Callers that nothing tells apart are asked once, and so many calls are followed as somebody waits for: where there are more, the
 * count says that it is not complete. Rules FLOW-1, FLOW-4.
 */
import { pause } from '../../pause.js'
import { resolveSource } from '../../analysis/caller/resolve-source.js'
import { traceCall } from '../../analysis/trace-call.js'
import { inventoryServices } from '../../inventory/inventory-services.js'
import { isProblem } from '../../model/app-error.js'
import type { ReachabilityQuestion } from '../../model/question.js'
import type { AlsoOpens } from '../../model/step.js'
import type { Verdict } from '../../model/verdict.js'
import type { Snapshot } from '../../snapshot/snapshot.js'
import { type CallerApart, callersApart, nameOfOwner } from './callers-apart.js'

/** A version as it is, and as it would be. */
export interface Changed {
  readonly before: Snapshot
  readonly after: Snapshot
}

const mostExamples = 3
/** So many take a quarter of a second in a mesh of 10,000 pods, whose changed version nobody has asked anything yet. */
const mostTraces = 45

const ranks: readonly Verdict[] = ['UNREACHABLE', 'UNDETERMINED', 'AMBIGUOUS', 'REACHABLE']
const [conditional, open] = [ranks.indexOf('AMBIGUOUS'), ranks.indexOf('REACHABLE')]

/** A call beside the one that is asked about, how many it stands for, and what each of them is called. */
interface Beside {
  readonly question: ReachabilityQuestion
  readonly names: readonly string[]
  /** It counts only where it arrives whatever is asked for. */
  readonly wide?: true
}

export function alsoOpens(changed: Changed, question: ReachabilityQuestion, at: number, most = mostTraces): AlsoOpens {
  const opened: string[] = []
  let left = most
  const rankIn = (snapshot: Snapshot, asked: ReachabilityQuestion): number => {
    pause()
    left -= 1
    const trace = traceCall(snapshot, asked, at)
    return isProblem(trace) ? 0 : ranks.indexOf(trace.verdict)
  }
  for (const { question: asked, names, wide } of callsBeside(changed, question)) {
    if (left <= 0) return told(opened, false)
    const before = rankIn(changed.before, asked)
    if (before === open) continue
    const now = rankIn(changed.after, asked)
    if (now > before && now >= (wide === true ? open : conditional)) opened.push(...names)
  }
  return told(opened, true)
}

const told = (opened: readonly string[], complete: boolean): AlsoOpens => ({
  count: opened.length,
  examples: opened.slice(0, mostExamples),
  complete,
})

/** The same destination, whoever looks it up. */
const hostFor = ({ from, to: { host } }: ReachabilityQuestion): string =>
  host.includes('.') || !from.namespace ? host : `${host}.${from.namespace}`

/** Owners of those who ask. */
const askers = (snapshot: Snapshot, { from }: ReachabilityQuestion): ReadonlySet<string> => {
  const source = from.outside === true ? undefined : resolveSource(snapshot, from)
  const clients = source === undefined || isProblem(source) ? [] : source.clients
  return new Set(clients.flatMap(({ workload, alike }) => [workload, ...(alike ?? [])].map(nameOfOwner)))
}

function* callsBeside(changed: Changed, question: ReachabilityQuestion): Generator<Beside> {
  const { method, path, headers, ...rest } = question.to
  const meant = askers(changed.before, question)
  const others = callersApart(changed.before, changed.after)
    .map((alike) => alike.filter(({ name }) => !meant.has(name)))
    .toSorted(([a], [b]) => unlike(a, question) - unlike(b, question))
  const host = hostFor(question)
  for (const alike of others) yield* callOf(alike, { ...question.to, host }, '')
  if (method || path || (headers ?? []).length > 0)
    yield { question: { ...question, to: rest }, names: ['any other request of the same caller'], wide: true }
  const elsewhere = otherCalls(changed.after, question, `${host}.`)
  if (meant.size > 0)
    for (const to of elsewhere) yield { question: { from: question.from, to }, names: [`\`${to.host}:${to.port}\` for the same caller`] }
  for (const to of elsewhere) for (const alike of others) yield* callOf(alike, to, ` at \`${to.host}:${to.port}\``)
}

/** Whom a change would let in by mistake: first who is called like the caller elsewhere, then who is in a namespace of its name. */
function unlike(caller: CallerApart | undefined, { from }: ReachabilityQuestion): number {
  if (caller === undefined || caller.from.namespace !== from.namespace) return 2
  return caller.from.workload?.endsWith(`/${from.workload?.split('/').at(-1) ?? ''}`) === true ? 0 : 1
}

/** One caller asks for all who are like it. */
function* callOf(alike: ReturnType<typeof callersApart>[number], to: ReachabilityQuestion['to'], where: string): Generator<Beside> {
  const [first] = alike
  if (first !== undefined) yield { question: { from: first.from, to }, names: alike.map(({ name }) => `\`${name}\`${where}`) }
}

interface ServicePort {
  readonly host: string
  readonly port: number
}

/** Ports of services but the one that is asked about, those of its own host and namespace first. */
function otherCalls(snapshot: Snapshot, { to }: ReachabilityQuestion, meant: string): readonly ServicePort[] {
  const isMeant = (host: string): boolean => `${host}.`.startsWith(meant)
  const home = inventoryServices(snapshot).find(({ host }) => isMeant(host))?.namespace
  const farOff = (host: string, namespace: string): number => (isMeant(host) ? 0 : namespace === home ? 1 : 2)
  return inventoryServices(snapshot)
    .filter(({ host }) => !host.includes('*'))
    .toSorted((a, b) => farOff(a.host, a.namespace) - farOff(b.host, b.namespace) || (a.host < b.host ? -1 : 1))
    .flatMap(({ host, ports }) => ports.map(({ number }) => ({ host, port: number })))
    .filter(({ host, port }) => !(isMeant(host) && (!to.port || port === to.port)))
}
