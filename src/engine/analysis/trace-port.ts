import { combineTraces } from './answer/combine-traces.js'
import { continueBehindGateway } from './second-hop.js'
import { discoverOriginal } from './discovery/discover-original.js'
import { discoverEndpoints } from './discovery/discover-endpoints.js'
import { droppedEndpoint } from './answer/listed-endpoint.js'
import { type Recorder, record } from './call/recorder.js'
import { chooseRoute } from './route/choose-route.js'
import type { InScope, Routed, RouteTarget } from './call/stage-values.js'
import { targetKey } from './call/target-names.js'
import { endedTrace, type Trace } from './answer/trace.js'
import { traceEndpoints } from './trace-endpoints.js'

type Alternative = Routed['alternatives'][number]

/**
 * From a host in scope and one port to the answer: ROUTE, then each share of each alternative on its own.
 *
 * `hops` counts gateways already passed; a route that leads through more than two is a loop.
 */
export const tracePort = (before: Recorder, inScope: InScope, port: number, hops: number): Trace => {
  const routed = chooseRoute(inScope, port)
  const recorder = record(before, routed)
  if (!routed.passed) return endedTrace(recorder.steps, routed.because, recorder.assumptions)
  if (routed.value.inScope.mode !== 'MESH') return traceOriginal(recorder, routed.value)
  // Alternatives often lead to the same targets, each with shares of its own.
  const known = new Map<string, Trace>()
  const traceOnce = (target: RouteTarget): Trace => {
    const key = targetKey(target)
    const trace = known.get(key) ?? traceTarget(recorder, routed.value, target, hops)
    known.set(key, trace)
    return trace
  }
  const parts = routed.value.alternatives.map((alternative) => ({
    label: labelOf(alternative, port),
    share: 1,
    trace: traceAlternative(recorder, alternative, traceOnce),
  }))
  return combineTraces('request', parts)
}

/** `anything else` is what is left of the requests after the other alternatives. */
const labelOf = ({ when }: Alternative, port: number): string => {
  if (when === undefined) return `port ${port}`
  return when === 'anything else' ? 'a request that no other route takes' : `a request with ${when}`
}

const traceAlternative = (recorder: Recorder, alternative: Alternative, traceOne: (target: RouteTarget) => Trace): Trace => {
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
  return combineTraces('route', [...parts, ...lost])
}

const endsAtRoute = (recorder: Recorder, ends: NonNullable<Alternative['ends']>): Trace => {
  const because = [...ends.because]
  const step = { stage: 'ROUTE' as const, outcome: ends.delivered ? ('PASSED' as const) : ('STOPPED' as const), ...ends, because }
  const { delivered: _, ...shown } = step
  const steps = [...recorder.steps.slice(0, -1), shown]
  const trace = endedTrace(steps, 'STOPPED', recorder.assumptions)
  return ends.delivered ? { ...trace, verdict: 'REACHABLE' } : trace
}

const targetLabel = ({ service, port, subset, share }: RouteTarget): string =>
  `${Math.round(share * 100)} % to \`${service.hostname}:${port.number}\`${subset === '' ? '' : ` subset \`${subset}\``}`

const traceTarget = (recorder: Recorder, routed: Routed, target: RouteTarget, hops: number): Trace => {
  const found = discoverEndpoints(routed, target)
  const next = record(recorder, found)
  if (!found.passed) {
    return endedTrace(
      next.steps,
      found.because,
      next.assumptions,
      found.dropped.map((drop) => droppedEndpoint('DISCOVERY', drop)),
    )
  }
  const { call } = routed.inScope.named
  const onward = continueBehindGateway(routed, target, hops, tracePort)
  return traceEndpoints(call, target, found.value, next, onward)
}

/** Without a proxy on the way out, or past one that does not know the host: to the address itself (VIS-31, ROUTE-34). */
const traceOriginal = (recorder: Recorder, routed: Routed): Trace => {
  const found = discoverOriginal(routed)
  const next = record(recorder, found)
  if (!found.passed) return endedTrace(next.steps, found.because, next.assumptions)
  const trace = traceEndpoints(routed.inScope.named.call, undefined, found.value, next, undefined)
  return trace.verdict === 'REACHABLE' ? { ...trace, reason: 'PASSTHROUGH' } : trace
}
