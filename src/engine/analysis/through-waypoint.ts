/**
 * Through a waypoint: a leg to one of its pods, where policies for requests act, and a call of the waypoint's own from there on.
 *
 * The server sees the waypoint, not who called. What answers is the destination's endpoints, each with the steps of both legs. Rules AMB-24, AMB-42,
 * AMB-47 … AMB-50, AMB-59, NP-17.
 */
import { pause } from '../pause.js'
import { endedTrace, type Trace } from './answer/trace.js'
import { waypointChains } from './authorization/chains-of.js'
import { pastToken } from './authorization/past-token.js'
import type { Client, ResolvedCall } from './call/call.js'
import { type Recorder, record } from './call/recorder.js'
import type { Waypoint } from '../istiod/ambient/waypoint.js'
import type { Outcome } from './call/outcome.js'
import { type NetworkPath, type Routed, type RouteTarget, routeTarget } from './call/stage-values.js'
import { unrouted } from './route/default-alternative.js'
import type { PortRoute } from './port-route.js'
import { kindsIn } from './likeness/kind-of.js'
import { createMemory, type Memory } from './likeness/memory.js'
import type { SecondHop } from './second-hop.js'
import { traceEndpoints } from './trace-endpoints.js'
import { discoverWaypoint } from './waypoint/discover-waypoint.js'
import { routeAtWaypoint } from './waypoint/route-at-waypoint.js'

type TracePort = (before: Recorder, route: PortRoute, memory: Memory, hops: number) => Trace

export interface Passing {
  readonly call: ResolvedCall
  readonly route: PortRoute
  /** Undefined: the very workload is called, by its own address. */
  readonly target: RouteTarget | undefined
  readonly waypoint: Waypoint
  readonly memory: Memory
  readonly hops: number
  readonly tracePort: TracePort
}

export function traceThroughWaypoint(recorder: Recorder, passing: Passing): Trace {
  const { call, target, waypoint, memory } = passing
  const { view } = call.client
  if (view === undefined) throw new Error('only those whom a control plane tells of waypoints come here')
  const found = discoverWaypoint(view, waypoint)
  const next = record(recorder, found)
  if (!found.passed) return endedTrace(next, found.because)
  const { named, port } = passing.route
  const asked = target === undefined ? { ...call, dialled: { addresses: named.addresses, port } } : call
  return traceEndpoints(asked, target, found.value, next, memory, onwardFrom(passing))
}

/** From a waypoint's pod on; pods of one kind, in one place, make the same call. */
export function onwardFrom({ call, route, target, hops, tracePort }: Omit<Passing, 'waypoint' | 'memory'>): SecondHop {
  const known = new Map<string, Trace>()
  const kindOf = kindsIn(call.client.snapshot).callers
  return ({ server }: NetworkPath) => {
    pause()
    const client = server === undefined ? undefined : waypointClient(call.client, server)
    if (server === undefined || client === undefined) return undefined
    const key = `${kindOf(server)} ${server.nodeName ?? ''} ${server.ips.join()} ${JSON.stringify(server.locality)}`
    const trace = known.get(key) ?? fromWaypoint(client)
    known.set(key, trace)
    return trace
  }

  function fromWaypoint(client: Client): Trace {
    const asked: ResolvedCall = { ...call, client }
    const own = waypointChains(asked, target).includes('HTTP') ? pastToken(asked, target) : asked
    const outcome = target === undefined ? toWorkload(route) : routeAtWaypoint(own, asKnownTo(client, target))
    const port: PortRoute = { named: route.named, port: target?.port.number ?? route.port, call: own, outcome }
    return tracePort({ steps: [], assumptions: [], conditions: [], lookedAt: [] }, port, createMemory(client), hops + 1)
  }
}

/** A waypoint has no routes for workloads: it goes on to the very one that is called. */
function toWorkload({ port, outcome }: PortRoute): Outcome<Routed> {
  const protocol = outcome.passed ? outcome.value.protocol : 'TCP'
  const message = 'the waypoint goes on to the very workload that is called'
  return unrouted('ADDRESS', port, protocol, { reason: 'NOT_ROUTED', message, because: [] })
}

/** The service as the waypoint's own control plane has it, which may be another than the caller's (AMB-59). */
function asKnownTo({ view }: Client, target: RouteTarget): RouteTarget {
  const { service, port } = target
  const record = view
    ?.servicesByHost(service.hostname)
    .find(({ registry, namespace }) => registry === service.registry && namespace === service.namespace)
  if (record === undefined || record === service) return target
  return routeTarget({ ...target, service: record, port: record.ports.find(({ number }) => number === port.number) ?? port })
}

function waypointClient({ snapshot }: Client, server: NonNullable<NetworkPath['server']>): Client | undefined {
  const cluster = snapshot.clusters.get(server.cluster)
  if (cluster === undefined || server.controlPlane === undefined) return undefined
  return { snapshot, workload: server, cluster, view: snapshot.view(server.controlPlane) }
}
