/**
 * What does every call of these callers to these hosts come to?
 *
 * Each crowd of callers is traced once for each port of each host, and parted only where a stage says that it looked at what differs in it. Where
 * policies of the network may let a pod call its own like (NP-14), those who are servers of the call themselves are asked apart. A workload whose instances
 * end differently has the end that a question about all of them has (FLOW-1).
 */
import { combineTraces } from '../analysis/answer/combine-traces.js'
import type { Trace, TracePart } from '../analysis/answer/trace.js'
import type { Client, ResolvedCall } from '../analysis/call/call.js'
import { followToRoute } from '../analysis/follow-to-route.js'
import { askedBy, callOf } from '../analysis/call/call-of.js'
import type { Look } from '../analysis/call/look.js'
import { clientsFor } from '../analysis/likeness/crowds-in.js'
import { createMemory, type Memory } from '../analysis/likeness/memory.js'
import { type TracedKind, traceKind } from '../analysis/likeness/trace-kind.js'
import { hasPolicies } from '../analysis/network-policy/policies-selecting.js'
import { traceFollowed, traceFrom } from '../analysis/trace-call.js'
import type { ReachabilityQuestion, SourceInput } from '../model/question.js'
import type { Watch } from '../model/work-signal.js'
import { pause } from '../pause.js'
import { remembered } from '../remembered.js'
import { groupBy } from '../group-by.js'
import type { Workload } from '../snapshot/workloads/workload.js'
import type { Snapshot } from '../snapshot/snapshot.js'
import type { Called } from './called.js'
import { type End, endOf } from './end.js'
import { createSharedTraces, type SharedTraces } from './shared-traces.js'
import { type Unit, unitsIn, unitsOf } from './unit.js'

/** Calls to one port of one host that end alike, of one workload each. */
export interface Met {
  readonly units: readonly Unit[]
  readonly called: Called
  readonly end: End
  /** Where it is not the unit itself that asks, or not by the name of what is called. */
  readonly asked?: { readonly from: SourceInput; readonly to: { readonly host: string; readonly port: number | null } }
}

export function* askCalls(
  snapshot: Snapshot,
  clients: readonly Client[],
  all: readonly Called[],
  at: number,
  watch?: Watch,
): Generator<Met> {
  for (const [position, called] of all.entries()) {
    watch?.(position, all.length)
    yield* askCall(snapshot, clients, called, { at })
  }
}

/** How many of the clients stand for instances of a workload: most are whole in one. */
const spreadOf = remembered((snapshot: Snapshot, clients: readonly Client[]): ReadonlyMap<Unit, number> => {
  const spread = new Map<Unit, number>()
  for (const { alike, workload } of clients) {
    for (const unit of unitsOf(snapshot, alike ?? [workload])) spread.set(unit, (spread.get(unit) ?? 0) + 1)
  }
  return spread
})

type To = ReachabilityQuestion['to']

/** How it is called. */
export interface AskingOne {
  readonly at: number
  /** What else is said of the call than where it goes. */
  readonly to?: To | undefined
  /** What others asked before, of the same call. */
  readonly shared?: SharedTraces
}

/** The traces of a workload that is asked about as a whole are let go of at once: there are many of them, and they are large. */
export function* askCall(
  snapshot: Snapshot,
  clients: readonly Client[],
  called: Called,
  { at, to, shared = createSharedTraces(snapshot, clients) }: AskingOne,
): Generator<Met> {
  const spread = spreadOf(snapshot, clients)
  const parts = new Map<Unit, Part[]>()
  const asked = { snapshot, at, to, shared }
  for (const client of clients) {
    const all = tracesOf(client, called, asked)
    for (const { traced, alike } of all) {
      const units = unitsOf(snapshot, alike)
      const whole = all.length === 1 ? units.filter((unit) => spread.get(unit) === 1) : []
      if (whole.length > 0) yield { units: whole, called, end: endOf(traced.trace, traced.client, called.means) }
      if (whole.length === units.length) continue
      const taken = new Set(whole)
      for (const [unit, members] of groupBy(alike, unitsIn(snapshot)))
        if (!taken.has(unit)) parts.set(unit, [...(parts.get(unit) ?? []), { traced, client, members }])
    }
  }
  for (const [unit, list] of parts) yield { units: [unit], called, end: endOfAll(tracesOfParts(list, called, asked), called) }
}

/** Some of the workloads that a client stands for. */
interface Part {
  readonly traced: TracedKind
  readonly client: Client
  readonly members: readonly Workload[]
}

/**
 * Instances that were told apart among those of other workloads, by their addresses for instance, may be alike among themselves: they are asked once more,
 * as a question about their workload alone would.
 */
function tracesOfParts(parts: readonly Part[], called: Called, asked: Asked): readonly TracedKind[] {
  const crowds = [...groupBy(parts, ({ client }) => client)].map(([client, of]) => {
    const members = [...new Set(of.flatMap((part) => part.members))]
    return { client, members, isParted: of.some((part) => part.members.length < members.length) }
  })
  if (!crowds.some(({ isParted }) => isParted)) return parts.map(({ traced }) => traced)
  const { snapshot } = asked
  const alone = crowds.flatMap(({ client, members }) => clientsFor(snapshot, client.cluster, [members]))
  return alone.flatMap((client) => tracesOf(client, called, asked)).map((answered) => answered.traced)
}

function endOfAll(traced: readonly TracedKind[], { means }: Called): End {
  const [first, ...others] = traced
  if (first !== undefined && others.length === 0) return endOf(first.trace, first.client, means)
  return endOf(combineTraces('CALLER_DECIDES', traced.map(partOf)), undefined, means)
}

const partOf = ({ client: { workload, cluster }, trace }: TracedKind): TracePart => ({
  label: `workload \`${workload.namespace}/${workload.name}\` in \`${cluster.name}\``,
  share: 1,
  trace,
})

interface Asked {
  readonly snapshot: Snapshot
  readonly at: number
  readonly to: To | undefined
  readonly shared: SharedTraces
}

/** A trace, which another crowd may have asked for, and whom of this one it is about. */
interface Answered {
  readonly traced: TracedKind
  readonly alike: readonly Workload[]
}

function tracesOf(client: Client, called: Called, asked: Asked): readonly Answered[] {
  const { snapshot, at } = asked
  const to = asked.to ?? { host: called.host(client.cluster.clusterDomain), port: called.port }
  const traced = traceShared(client, to, asked)
  const [only, ...others] = traced
  // Of one trace that others share nobody looked at the callers.
  if (only !== undefined && others.length === 0 && only.client !== client) return [{ traced: only, alike: alikeOf(client) }]
  const parts = partsOf(snapshot, client, traced)
  const apart = parts.length < 2 ? traced : parts.flatMap((part) => traceHost(part, to, at))
  const elsewhere = called.others.length === 0 || !looksAtServers(apart) ? [] : called.others
  const more = parts.flatMap((part) => elsewhere.flatMap((host) => traceHost(part, { ...to, host }, at)))
  return [...apart, ...more].map((one) => ({ traced: one, alike: alikeOf(one.client) }))
}

const alikeOf = ({ alike, workload }: Client): readonly Workload[] => alike ?? [workload]

/** What was weighed for the addresses of all together and stays open may be plain for each workload by itself (AUTHZ-18). */
const weighsTogether = ({ trace: { verdict, conditions, lookedAt } }: TracedKind): boolean =>
  lookedAt.includes('CALLER_ADDRESSES') && (conditions.length > 0 || verdict === 'UNDETERMINED')

/** The crowd in as many parts as have to be asked by themselves. */
function partsOf(snapshot: Snapshot, client: Client, traced: readonly TracedKind[]): readonly Client[] {
  const alike = alikeOf(client)
  const units = unitsOf(snapshot, alike)
  if (units.length < 2) return [client]
  const apart = traced.some(weighsTogether)
    ? units
    : [...snapshot.clusters.values()].some(hasPolicies)
      ? units.filter(isServerIn(snapshot, traced))
      : []
  if (apart.length === 0) return [client]
  const unitOf = unitsIn(snapshot)
  const own = new Set(apart)
  const parts = groupBy(alike, (workload) => (own.has(unitOf(workload)) ? unitOf(workload).key : ''))
  return clientsFor(snapshot, client.cluster, [...parts.values()])
}

function isServerIn(snapshot: Snapshot, traced: readonly TracedKind[]): (unit: Unit) => boolean {
  const servers = new Set<Unit>()
  for (const { trace } of traced) {
    for (const { path } of trace.endpoints) if (path.server !== undefined) servers.add(unitsIn(snapshot)(path.server))
  }
  return (unit) => servers.has(unit)
}

/** Of a call only its end is told. */
const memoryOfGroups = (client: Client): Memory => createMemory(client, false)

/** What a question may spend on expressions is spent by each call for itself. */
const callFrom = (client: Client, to: To, at: number): ResolvedCall => callOf(client, askedBy({ from: {}, to }, at))

const traceHost = (client: Client, to: To, at: number): readonly TracedKind[] => {
  pause()
  return traceKind(client, memoryOfGroups, (one, memory): Trace => traceFrom(callFrom(one, to, at), memory, to.port ?? undefined))
}

function traceShared(client: Client, to: To, { at, shared }: Asked): readonly TracedKind[] {
  pause()
  const port = to.port ?? undefined
  const followed = followToRoute(callFrom(client, to, at), port)
  return shared.once(client, followed, () =>
    traceKind(client, memoryOfGroups, (one, memory) =>
      one === client ? traceFollowed(followed, memory) : traceFrom(callFrom(one, to, at), memory, port),
    ),
  )
}

const ofServers: ReadonlySet<Look> = new Set<Look>(['SERVER_ADDRESS', 'SERVER_ITSELF', 'SERVER_PLACE'])

const looksAtServers = (traced: readonly TracedKind[]): boolean =>
  traced.some(({ trace }) => trace.lookedAt.some((look) => ofServers.has(look)))
