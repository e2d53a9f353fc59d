import { spansNetworks } from '../istiod/ambient/spans-networks.js'
import { pause } from '../pause.js'
import { combineTraces } from './answer/combine-traces.js'
import { continueBehindGateway, type SecondHop } from './second-hop.js'
import { discoverOriginal } from './discovery/discover-original.js'
import { discoverEndpoints } from './discovery/discover-endpoints.js'
import { droppedEndpoint } from './answer/listed-endpoint.js'
import { mayDialItself } from './call/dials-itself.js'
import { stepOf, undetermined } from './call/outcome.js'
import { type Recorder, record } from './call/recorder.js'
import type { CallAttributes, ResolvedCall } from './call/call.js'
import type { PortRoute } from './port-route.js'
import type { Memory } from './likeness/memory.js'
import { type Routed, type RouteTarget, routeTarget } from './call/stage-values.js'
import { targetKey } from './call/target-key.js'
import { endedTrace, type Trace } from './answer/trace.js'
import { openDiscovery, openOriginal } from './unread-kinds/open-discovery.js'
import { onwardFrom, traceThroughWaypoint } from './through-waypoint.js'
import { traceEndpoints } from './trace-endpoints.js'
import { ingressBinding } from './waypoint/ingress-binding.js'

type Alternative = Routed['alternatives'][number]

/**
 * From a port's route to the answer: each share of each alternative on its own.
 *
 * `hops` counts gateways already passed; a route that leads through more than two is a loop.
 */
export const tracePort = (before: Recorder, route: PortRoute, memory: Memory, hops: number): Trace => {
  const { outcome: routed, port } = route
  const call: ResolvedCall = mayDialItself(route.call.client, route.named) ? { ...route.call, dialsPods: true } : route.call
  const recorder = record(before, routed)
  if (!routed.passed) return endedTrace(recorder, routed.because)
  const { mode, waypoint } = routed.value
  if (waypoint !== undefined) return traceThroughWaypoint(recorder, { call, route, target: undefined, waypoint, memory, hops, tracePort })
  if (mode !== 'MESH') return traceOriginal(call, recorder, route, memory)
  // Alternatives often lead to the same targets, each with shares of its own.
  const known = new Map<string, Trace>()
  const traceOnce = (target: RouteTarget): Trace => {
    pause()
    const key = targetKey(target)
    const trace = known.get(key) ?? traceTarget(call, recorder, route, target, memory, hops)
    known.set(key, trace)
    return trace
  }
  const parts = routed.value.alternatives.map((alternative) => ({
    label: labelOf(alternative, port),
    share: 1,
    trace: traceAlternative(recorder, alternative, traceOnce, memory.tells),
  }))
  return combineTraces('REQUEST_DECIDES', parts, memory.tells)
}

/** `anything else` is what is left of the requests after the other alternatives. */
const labelOf = ({ when }: Alternative, port: number): string => {
  if (when === undefined) return `port ${port}`
  return when === 'anything else' ? 'a request that no other route takes' : `a request with ${when}`
}

const traceAlternative = (
  recorder: Recorder,
  alternative: Alternative,
  traceOne: (target: RouteTarget) => Trace,
  tells: boolean,
): Trace => {
  const { ends } = alternative
  if (ends !== undefined) return endsAtRoute(recorder, ends)
  const parts = alternative.targets.map((target) => ({
    label: targetLabel(target),
    share: target.share,
    trace: traceOne(target),
  }))
  const lost = (alternative.lost ?? []).map((part) => ({
    label: `${Math.round(part.share * 100)} % of the traffic`,
    share: part.share,
    trace: endsAtRoute(recorder, part),
  }))
  return combineTraces('SHARE_DECIDES', [...parts, ...lost], tells)
}

const endsAtRoute = (recorder: Recorder, ends: NonNullable<Alternative['ends']>): Trace => {
  const steps = [...recorder.steps.slice(0, -1), stepOf('ROUTE', ends.delivered ? 'PASSED' : 'STOPPED', ends)]
  const trace = endedTrace({ ...recorder, steps }, 'STOPPED')
  return ends.delivered ? { ...trace, verdict: 'REACHABLE' } : trace
}

const targetLabel = ({ service, port, subset, share }: RouteTarget): string =>
  `${Math.round(share * 100)} % to \`${service.hostname}:${port.number}\`${subset === '' ? '' : ` subset \`${subset}\``}`

const requesting = ({ client, host, at, dialsPods, token }: ResolvedCall, attributes: CallAttributes): ResolvedCall => ({
  client,
  host,
  attributes,
  at,
  ...(dialsPods === undefined ? {} : { dialsPods }),
  ...(token === undefined ? {} : { token }),
})

const traceTarget = (
  asked: ResolvedCall,
  recorder: Recorder,
  route: PortRoute,
  target: RouteTarget,
  memory: Memory,
  hops: number,
): Trace => {
  // From the route on the request is what the route has made of it (ROUTE-7).
  const call = target.request === undefined ? asked : requesting(asked, target.request)
  const passing = { call, route, memory, hops, tracePort }
  if (target.waypoint !== undefined) return traceThroughWaypoint(recorder, { ...passing, target, waypoint: target.waypoint })
  const { bound, open, because } = ingressBinding(call.client, target)
  if (open !== undefined) return endedTrace(record(recorder, undetermined('DISCOVERY', open, because)), 'UNDETERMINED')
  if (bound.length > 0) {
    const parts = bound.map(({ waypoint, share }) => ({
      label: `${Math.round(share * 100)} % through waypoint \`${waypoint.gateway.meta.namespace}/${waypoint.gateway.meta.name}\``,
      share,
      trace: traceThroughWaypoint(recorder, { ...passing, waypoint, target: routeTarget({ ...target, waypoint }) }),
    }))
    return combineTraces('SHARE_DECIDES', parts)
  }
  const { outcome, dropped } = discoverEndpoints(call.client, route, target)
  const found = openDiscovery(call.client, target, outcome)
  const next = record(recorder, found)
  if (!found.passed) {
    return endedTrace(
      next,
      found.because,
      dropped.map((drop) => droppedEndpoint('DISCOVERY', drop)),
    )
  }
  const atGateway = continueBehindGateway(call, route.named, target, hops, tracePort)
  const spans = call.client.view !== undefined && spansNetworks(call.client.view) === 'ON'
  const onward = spans ? behindTunnel({ call, route, target, hops, tracePort }, atGateway) : atGateway
  return traceEndpoints(call, target, found.value, next, memory, onward)
}

/** A gateway between networks may hand a tunnel to the waypoint there, which goes on by itself (AMB-68). */
const behindTunnel = (passing: Parameters<typeof onwardFrom>[0], otherwise: SecondHop | undefined): SecondHop => {
  let fromWaypoint: SecondHop | undefined
  return (path) => {
    const isWaypoint = path.server?.dataPlane === 'WAYPOINT' && path.passage?.gateway.tunnel !== undefined
    if (!isWaypoint) return otherwise?.(path)
    fromWaypoint ??= onwardFrom(passing)
    return fromWaypoint(path)
  }
}

/** Without a proxy on the way out, or past one that does not know the host: to the address itself (VIS-31, ROUTE-34). */
const traceOriginal = (call: ResolvedCall, recorder: Recorder, route: PortRoute, memory: Memory): Trace => {
  const found = openOriginal(call.client, route.named, discoverOriginal(call.client, route))
  const next = record(recorder, found)
  if (!found.passed) return endedTrace(next, found.because)
  const trace = traceEndpoints(call, undefined, found.value, next, memory, undefined)
  const isKnown = route.outcome.passed && route.outcome.value.mode === 'ADDRESS'
  return trace.verdict === 'REACHABLE' && !isKnown ? { ...trace, reason: 'PASSTHROUGH' } : trace
}
