/**
 * Which crowds of callers share the rest of a call?
 *
 * Up to the route namespaces have their say: what they see, and where their routes and rules lead. From there on a call is of the place where the caller runs
 * and of the target, unless something looks at who calls: then every crowd is asked by itself. What could look is kept small, and everything else is not shared: network
 * policies, changes of proxies that nobody follows, kinds that could not be read, policies at the servers that name callers.
 */
import type { Trace } from '../analysis/answer/trace.js'
import type { Client } from '../analysis/call/call.js'
import type { ToRoute } from '../analysis/follow-to-route.js'
import { placeOfCrowd } from '../analysis/likeness/crowds-in.js'
import { createNumbers } from '../analysis/likeness/numbers.js'
import type { TracedKind } from '../analysis/likeness/trace-kind.js'
import { hasPolicies } from '../analysis/network-policy/policies-selecting.js'
import { requestKey } from '../analysis/call/target-key.js'
import type { Routed, RouteTarget } from '../analysis/call/stage-values.js'
import { changesProxies } from '../istiod/proxies/unread-at-proxy.js'
import { remembered } from '../remembered.js'
import type { AuthorizationPolicy, PolicyRule } from '../resources/istio/authorization-policy.js'
import type { Snapshot } from '../snapshot/snapshot.js'

/** What is known of one call of many crowds. */
export interface SharedTraces {
  /** What another crowd's call came to that goes on alike, else what `trace` finds. */
  once(client: Client, followed: ToRoute, trace: () => readonly TracedKind[]): readonly TracedKind[]
}

export function createSharedTraces(snapshot: Snapshot): SharedTraces {
  const known = new Map<string, readonly TracedKind[]>()
  const numberOf = createNumbers()
  const mayShare = looksAtNobody(snapshot)
  return {
    once: (client, followed, trace) => {
      const key = mayShare ? keyOf(client, followed, numberOf) : undefined
      const shared = key === undefined ? undefined : known.get(key)
      if (shared !== undefined) return shared
      const traced = trace()
      if (key !== undefined && isShared(snapshot, traced)) known.set(key, traced)
      return traced
    },
  }
}

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
  const alternatives = outcome.value.alternatives.map((one) => alternativeKey(one, numberOf))
  if (alternatives.includes(undefined)) return undefined
  const told = [recorder.conditions, recorder.assumptions, outcome.conditions, outcome.assumptions, outcome.value.port, named]
  const steps = [...recorder.steps, outcome.step].map((step) => `${step.outcome} ${step.reason}`)
  return [placeOfCrowd(client), requestKey(route.call.attributes), ...steps, JSON.stringify(told), ...alternatives].join('\n')
}

type Alternative = Routed['alternatives'][number]

const alternativeKey = ({ when, targets, lost, ends }: Alternative, numberOf: NumberOf): string | undefined =>
  targets.some(({ waypoint }) => waypoint !== undefined)
    ? undefined
    : [when ?? '', JSON.stringify([lost, ends]), ...targets.map((target) => keyOfTarget(target, numberOf))].join('\n')

const keyOfTarget = ({ service, port, subset, share, rule, carriesTls, request }: RouteTarget, numberOf: NumberOf): string =>
  `${numberOf(service)} ${numberOf(port)} ${subset} ${share} ${numberOf(rule)} ${carriesTls} ${request === undefined ? '' : requestKey(request)}`

/** Did nobody look at the caller itself, and does no policy on the way name callers? */
function isShared(snapshot: Snapshot, traced: readonly TracedKind[]): boolean {
  const [one, ...others] = traced
  if (one === undefined || others.length > 0) return false
  const { trace } = one
  if (trace.lookedAt.some((look) => look.startsWith('CALLER'))) return false
  const naming = namingCallers(snapshot)
  return naming.size === 0 || [...placesOn(trace)].every((namespace) => !naming.has(namespace))
}

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

/** Namespaces with a policy that looks at who calls, as any control plane reads it; with one in a root namespace, all. */
const namingCallers = remembered((snapshot: Snapshot): ReadonlySet<string> => {
  const found = new Set<string>()
  for (const name of snapshot.controlPlanes.keys()) {
    const { configuration, controlPlane } = snapshot.view(name)
    for (const [namespace, policies] of configuration.authorizationPolicies) {
      if (!policies.some(namesCallers)) continue
      if (namespace !== controlPlane.meshConfig.rootNamespace) found.add(namespace)
      else for (const { namespaceNames } of snapshot.clusters.values()) for (const one of namespaceNames) found.add(one)
    }
  }
  return found
})

const namesCallers = ({ rules }: AuthorizationPolicy): boolean => rules.some(looksAtCaller)

const ofCallers = ['source.', 'remote.'] as const

const looksAtCaller = ({ from, when }: PolicyRule): boolean =>
  from.length > 0 || when.some(({ key }) => ofCallers.some((begin) => key.startsWith(begin)))
