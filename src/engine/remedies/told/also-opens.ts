/**
 * What does a change open besides the call that it is for?
 *
 * Every other call of every caller, before and after: the same destination for others first, then other requests and other services of the same caller, then
 * others at other services. Callers are asked in crowds, and only about services to which calls may end differently; so many are asked as somebody waits for:
 * where there are more, the count says that it is not complete. Rules FLOW-1, FLOW-4.
 */
import { addAll } from '../../add-all.js'
import { resolveSource } from '../../analysis/caller/resolve-source.js'
import { traceCall } from '../../analysis/trace-call.js'
import { type Called, callsTo } from '../../groups/called.js'
import { createSharedTraces, type SharedTraces } from '../../groups/shared-traces.js'
import { type Unit, unitsIn } from '../../groups/unit.js'
import { inventoryServices } from '../../inventory/inventory-services.js'
import type { InventoryService } from '../../inventory/inventory.js'
import { isProblem } from '../../model/app-error.js'
import type { ReachabilityQuestion } from '../../model/question.js'
import type { AlsoOpens } from '../../model/step.js'
import { pause } from '../../pause.js'
import type { Snapshot } from '../../snapshot/snapshot.js'
import { crowdsAt, type Place, rankOf, ranksOfCallers, unitsOfClient } from './ranks-of-callers.js'
import { touchedServices } from './touched-services.js'

/** A version as it is, and as it would be. */
export interface Changed {
  readonly before: Snapshot
  readonly after: Snapshot
}

const mostExamples = 3
/** Crowds that are asked where a change touches few services, and the changed version shares what it does not touch. */
const mostOfTouched = 2_000
/** So many take a quarter of a second in a mesh of 10,000 pods, whose changed version nobody has asked anything yet. */
const mostOfAny = 45

const [conditional, open] = [rankOf('AMBIGUOUS'), rankOf('REACHABLE')]

export function alsoOpens(changed: Changed, question: ReachabilityQuestion, at: number, most?: number): AlsoOpens {
  const touched = touchedServices(changed.before, changed.after)
  const asking: Asking = {
    changed,
    question,
    at,
    meant: askers(changed.before, question),
    left: most ?? (touched === undefined ? mostOfAny : mostOfTouched),
  }
  const opened: string[] = []
  for (const names of openings(asking, touched)) addAll(opened, names)
  return { count: opened.length, examples: opened.slice(0, mostExamples), complete: asking.left >= 0 }
}

interface Asking {
  readonly changed: Changed
  readonly question: ReachabilityQuestion
  readonly at: number
  /** Owners of those who ask. */
  readonly meant: ReadonlySet<string>
  /** How many may still be asked; less than none: somebody was not. */
  left: number
}

/** Do so many more have to be asked than may be? */
function spends(asking: Asking, count: number): boolean {
  pause()
  if (asking.left < count) asking.left = Math.min(asking.left, 0) - 1
  else asking.left -= count
  return asking.left >= 0
}

function* openings(asking: Asking, touched: readonly InventoryService[] | undefined): Generator<readonly string[]> {
  const { changed, question } = asking
  const { method, path, headers, ...rest } = question.to
  const host = hostFor(question)
  const own = { ...question.to, host }
  yield openedTo(asking, calledAt(own), own).map(nameOf)
  const asksMore = method || path || (headers ?? []).length > 0
  if (asksMore && isOpened(asking, rest, open)) yield ['any other request of the same caller']
  yield* openedElsewhere(asking, otherCalls(touched ?? inventoryServices(changed.after), asking, `${host}.`))
}

function* openedElsewhere(asking: Asking, calls: readonly Called[]): Generator<readonly string[]> {
  for (const { name, port } of asking.meant.size > 0 ? calls : []) {
    if (asking.left < 0) return
    if (isOpened(asking, { host: name, port }, conditional)) yield [`\`${name}:${port}\` for the same caller`]
  }
  for (const one of calls) {
    if (asking.left < 0) return
    yield openedTo(asking, one).map((unit) => `${nameOf(unit)} at \`${one.name}:${one.port}\``)
  }
}

/** The same destination, whoever looks it up. */
const hostFor = ({ from, to: { host } }: ReachabilityQuestion): string =>
  host.includes('.') || !from.namespace ? host : `${host}.${from.namespace}`

const nameOf = ({ cluster, namespace, name }: Unit): string => `\`${cluster}/${namespace}/${name}\``

function askers(snapshot: Snapshot, { from }: ReachabilityQuestion): ReadonlySet<string> {
  const source = from.outside === true ? undefined : resolveSource(snapshot, from)
  const clients = source === undefined || isProblem(source) ? [] : source.clients
  const unitOf = unitsIn(snapshot)
  return new Set(clients.flatMap(({ workload, alike }) => (alike ?? [workload]).map((one) => nameOf(unitOf(one)))))
}

/** Does the very caller get further with this call, as far as that at least? */
function isOpened(asking: Asking, to: ReachabilityQuestion['to'], least: number): boolean {
  const { changed, question, at } = asking
  const rankIn = (snapshot: Snapshot): number => {
    const trace = spends(asking, 1) ? traceCall(snapshot, { from: question.from, to }, at) : undefined
    return trace === undefined || isProblem(trace) ? 0 : rankOf(trace.verdict)
  }
  const before = rankIn(changed.before)
  if (before === open) return false
  const now = rankIn(changed.after)
  return now > before && now >= least
}

/** Others than who asks for whom a call is opened; `to`: what is sent, where it is not just any call. */
function openedTo(asking: Asking, called: Called, to?: ReachabilityQuestion['to']): readonly Unit[] {
  const { changed, question } = asking
  const shared = { before: createSharedTraces(changed.before), after: createSharedTraces(changed.after) }
  const opened: Unit[] = []
  for (const place of placesOf(changed.before, question)) {
    if (asking.left < 0) break
    addAll(opened, openedAt(asking, { called, to, place, shared }))
  }
  return opened.toSorted((a, b) => unlike(a, question) - unlike(b, question) || (orderOf(a) < orderOf(b) ? -1 : 1))
}

interface AskedAt {
  readonly called: Called
  readonly to: ReachabilityQuestion['to'] | undefined
  readonly place: Place
  readonly shared: Readonly<Record<keyof Changed, SharedTraces>>
}

/** Of whom nobody is stopped before nobody is asked after. */
function openedAt(asking: Asking, { called, to, place, shared }: AskedAt): readonly Unit[] {
  const { changed, at, meant } = asking
  const before = crowdsAt(changed.before, place)
  if (before.length === 0 || !spends(asking, before.length)) return []
  const ranks = ranksOfCallers(changed.before, before, called, { at, to, shared: shared.before })
  const stopped = new Map([...ranks].flatMap(([unit, rank]) => (rank === open || meant.has(nameOf(unit)) ? [] : [[unit.key, rank]])))
  const after = crowdsAt(changed.after, place).filter((one) => unitsOfClient(changed.after, one).some(({ key }) => stopped.has(key)))
  if (after.length === 0 || !spends(asking, after.length)) return []
  const now = ranksOfCallers(changed.after, after, called, { at, to, shared: shared.after })
  return [...now].flatMap(([unit, rank]) => (rank >= conditional && rank > (stopped.get(unit.key) ?? open) ? [unit] : []))
}

/** Whoever is in a namespace of the caller's name first. */
function placesOf({ clusters }: Snapshot, { from }: ReachabilityQuestion): readonly Place[] {
  const all = [...clusters.values()].flatMap(({ name, namespaceNames }) =>
    namespaceNames.map((namespace) => ({ cluster: name, namespace })),
  )
  return [...all.filter(({ namespace }) => namespace === from.namespace), ...all.filter(({ namespace }) => namespace !== from.namespace)]
}

/** Whom a change would let in by mistake: first who is called like the caller elsewhere, then who is in a namespace of its name. */
function unlike({ namespace, name }: Unit, { from }: ReachabilityQuestion): number {
  if (namespace !== from.namespace) return 2
  return name === from.workload?.split('/').at(-1) ? 0 : 1
}

const orderOf = ({ key, from }: Unit): string => `${from?.workload?.split('/')[0] ?? ''} ${key}`

/** A destination as the question names it, whatever is there. */
const calledAt = ({ host, port }: ReachabilityQuestion['to']): Called => ({
  key: host,
  kind: 'ADDRESS',
  service: undefined,
  host: () => host,
  name: host,
  namespace: '',
  clusters: [],
  port: port ?? 0,
  tenants: [],
  means: undefined,
  others: [],
})

/** Ports of services but the one that is asked about, those of its own host and namespace first. */
function otherCalls(services: readonly InventoryService[], { changed, question: { to } }: Asking, meant: string): readonly Called[] {
  const isMeant = (host: string): boolean => `${host}.`.startsWith(meant)
  const home = services.find(({ host }) => isMeant(host))?.namespace
  const farOff = ({ host, namespace }: InventoryService): number => (isMeant(host) ? 0 : namespace === home ? 1 : 2)
  return services
    .filter(({ host }) => !host.includes('*'))
    .toSorted((a, b) => farOff(a) - farOff(b) || (a.host < b.host ? -1 : 1))
    .flatMap((service) => callsTo(changed.after, service))
    .filter(({ name, port }) => !(isMeant(name) && (!to.port || port === to.port)))
}
