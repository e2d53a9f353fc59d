/**
 * Which crowds of callers share the rest of a call?
 *
 * Up to the route namespaces have their say: what they see, and where their routes and rules lead. From there on a call is of the place where the caller runs
 * and of the target, unless something looks at who calls. Policies at the servers tell callers apart by what they name of these; for anything else that could look
 * every crowd is asked by itself: network policies, changes of proxies that nobody follows, kinds that could not be read.
 */
import type { Trace } from '../analysis/answer/trace.js'
import type { Client } from '../analysis/call/call.js'
import type { ToRoute } from '../analysis/follow-to-route.js'
import { placeOfCrowd } from '../analysis/likeness/crowds-in.js'
import { namedAs, namesOfCallers, type NamesOfPolicies } from '../analysis/likeness/names-of-callers.js'
import { createNumbers } from '../analysis/likeness/numbers.js'
import type { TracedKind } from '../analysis/likeness/trace-kind.js'
import { hasPolicies } from '../analysis/network-policy/policies-selecting.js'
import { requestKey } from '../analysis/call/target-key.js'
import type { Routed, RouteTarget } from '../analysis/call/stage-values.js'
import { changesProxies } from '../istiod/proxies/unread-at-proxy.js'
import type { ConditionCode } from '../model/conditions.js'
import { remembered } from '../remembered.js'
import type { Snapshot } from '../snapshot/snapshot.js'

/** What is known of one call of many crowds. */
export interface SharedTraces {
  /** What another crowd's call came to that goes on alike, else what `trace` finds. */
  once(client: Client, followed: ToRoute, trace: () => readonly TracedKind[]): readonly TracedKind[]
}

/** `clients`: all that will ask, where these are known; of places that are all different none has anything to share. */
export function createSharedTraces(snapshot: Snapshot, clients?: readonly Client[]): SharedTraces {
  const known = new Map<string, Known>()
  const numberOf = createNumbers()
  const mayShare = looksAtNobody(snapshot) && (clients === undefined || runAlike(clients))
  return {
    once: (client, followed, trace) => {
      const key = mayShare ? keyOf(client, followed, numberOf) : undefined
      const before = key === undefined ? undefined : known.get(key)
      const { namespace } = client.workload
      const shared = before?.bySeen.get(namedAs(namespace, before.names))
      if (shared !== undefined) return shared
      const traced = trace()
      if (key === undefined) return traced
      // Whoever goes on alike meets the same policies.
      const names = namesFor(snapshot, traced)
      if (names === undefined) return traced
      const own = before ?? { names, bySeen: new Map() }
      own.bySeen.set(namedAs(namespace, own.names), traced)
      known.set(key, own)
      return traced
    },
  }
}

/** Calls that go on alike, by what the policies on their way see of the caller's namespace. */
interface Known {
  readonly names: NamesOfPolicies
  readonly bySeen: Map<string, readonly TracedKind[]>
}

const runAlike = remembered((clients: readonly Client[]): boolean => new Set(clients.map(placeOfCrowd)).size < clients.length)

/** Is nothing there that looks at callers between their route and their servers? */
const looksAtNobody = remembered((snapshot: Snapshot): boolean => {
  const clusters = [...snapshot.clusters.values()]
  const isRead = clusters.every(({ unread }) => unread.length === 0)
  return isRead && !clusters.some(hasPolicies) && [...snapshot.controlPlanes.keys()].every((name) => !changesProxies(snapshot.view(name)))
})

type NumberOf = ReturnType<typeof createNumbers>

/** Undefined: the call is followed by itself. */
function keyOf(client: Client, { recorder, named, ended, ports }: ToRoute, numberOf: NumberOf): string | undefined {
  const [route, ...others] = ports
  if (client.workload.dataPlane !== 'SIDECAR' || ended !== undefined || route === undefined || others.length > 0) return undefined
  const { outcome } = route
  if (!outcome.passed || outcome.value.mode !== 'MESH' || recorder.lookedAt.length + outcome.lookedAt.length > 0) return undefined
  if (outcome.value.alternatives.some(({ targets }) => targets.some((target) => maySelect(target, client)))) return undefined
  const alternatives = outcome.value.alternatives.map((one) => alternativeKey(one, numberOf))
  if (alternatives.includes(undefined)) return undefined
  const told = [recorder.conditions, recorder.assumptions, outcome.conditions, outcome.assumptions, outcome.value.port, named]
  const steps = [...recorder.steps, outcome.step].map((step) => `${step.outcome} ${step.reason}`)
  return [placeOfCrowd(client), requestKey(route.call.attributes), ...steps, JSON.stringify(told), ...alternatives].join('\n')
}

/** A caller that is one of the pods of a headless service reaches itself there (ROUTE-33). */
const maySelect = ({ service }: RouteTarget, { workload }: Client): boolean => service.headless && service.namespace === workload.namespace

type Alternative = Routed['alternatives'][number]

const alternativeKey = ({ when, targets, lost, ends }: Alternative, numberOf: NumberOf): string | undefined =>
  targets.some(({ waypoint }) => waypoint !== undefined)
    ? undefined
    : [when ?? '', JSON.stringify([lost, ends]), ...targets.map((target) => keyOfTarget(target, numberOf))].join('\n')

const keyOfTarget = ({ service, port, subset, share, rule, carries, request }: RouteTarget, numberOf: NumberOf): string =>
  `${numberOf(service)} ${numberOf(port)} ${subset} ${share} ${numberOf(rule)} ${carries} ${request === undefined ? '' : requestKey(request)}`

/** What callers are told apart by behind the route, where it may be shared at all; undefined: by everything. */
function namesFor(snapshot: Snapshot, traced: readonly TracedKind[]): NamesOfPolicies | undefined {
  const [one, ...others] = traced
  if (one === undefined || others.length > 0) return undefined
  const { trace } = one
  if (trace.lookedAt.some((look) => look.startsWith('CALLER'))) return undefined
  const names = namesOfCallers(snapshot, placesOn(trace))
  if (names === undefined) return nobody
  return trace.conditions.every(({ code }) => ofRequests.has(code)) ? names : undefined
}

const nobody: NamesOfPolicies = new Map()

/** Others tell why a part of the call ends, in words that may name who calls. */
const ofRequests: ReadonlySet<ConditionCode> = new Set<ConditionCode>([
  'ROUTE_BY_ATTRIBUTE',
  'ADDRESS_DIALLED',
  'POLICY_MAY_DENY',
  'POLICY_MUST_ALLOW',
  'PROVIDER_DECIDES',
])

/** Namespaces of everybody whose policies may have a say. */
function placesOn({ endpoints }: Trace): ReadonlySet<string> {
  const places = new Set<string>()
  for (const { path } of endpoints) {
    places.add(path.endpoint.namespace)
    if (path.server !== undefined) places.add(path.server.namespace)
    if (path.passage?.proxy !== undefined) places.add(path.passage.proxy.namespace)
    for (const { proxy } of path.passage?.further ?? []) places.add(proxy.namespace)
  }
  return places
}
