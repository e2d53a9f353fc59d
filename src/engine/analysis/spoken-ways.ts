import type { FixedConditionCode } from '../model/conditions.js'
import type { SpokenProtocol } from '../model/question.js'
import { combineTraces } from './answer/combine-traces.js'
import type { Trace, TracePart } from './answer/trace.js'
import { conditionOn } from './call/condition.js'
import { assuming, passedWith } from './call/outcome.js'
import type { InScope } from './call/stage-values.js'
import { wayOf } from './call/way-of.js'
import type { PortRoute } from './port-route.js'

/**
 * The ways that a call to one port may take where nothing says what is spoken: the client's proxy finds it out from the bytes, and requests may be led
 * elsewhere than connections. One, where they go alike. Rules ROUTE-10, ROUTE-16, ROUTE-35.
 */
export function spokenWays(
  { scope, service }: InScope,
  one: PortRoute,
  routeAs: (spoken: SpokenProtocol) => PortRoute,
): readonly PortRoute[] {
  const { call, port } = one
  // What only routes of requests know is asked for by requests.
  if (scope === undefined || service === undefined) return [one]
  if (call.attributes.protocol !== undefined || call.client.workload.dataPlane !== 'SIDECAR') return [one]
  const connection = routeAs('TCP')
  if (wayOf(one.outcome) === wayOf(connection.outcome)) return [one]
  const { outcome: byServerName } = routeAs('TLS')
  const message = `nothing says what is spoken on port ${port} of \`${service.hostname}\`, and a connection that is no request is taken to be plain TCP`
  const isTold = wayOf(byServerName) !== wayOf(connection.outcome)
  const assumed = isTold ? [{ code: 'PROTOCOL_ASSUMED' as const, message, because: [...byServerName.step.because] }] : []
  return [depending(routeAs('HTTP')), depending({ ...connection, outcome: assuming(connection.outcome, assumed) })]
}

/** One trace for the ways to a port. */
export function combineWays(ways: readonly TracePart['trace'][]): Trace {
  const [request, connection] = ways
  const needsHttp = request?.verdict === 'REACHABLE' && connection?.verdict === 'UNREACHABLE'
  const code: FixedConditionCode = needsHttp ? 'HTTP_NEEDED' : 'PROTOCOL_DECIDES'
  const labels = ['a request (HTTP)', 'any other connection']
  return combineTraces(
    code,
    ways.map((trace, index) => ({ label: labels[index] ?? '', share: 1, trace })),
  )
}

function depending(way: PortRoute): PortRoute {
  const { outcome, port } = way
  if (!outcome.passed) return way
  const { value, assumptions, lookedAt, step } = outcome
  const message = `port ${port} declares no protocol, and which route is taken depends on what is spoken`
  const conditions = [...outcome.conditions, conditionOn('ROUTE_BY_ATTRIBUTE', 'protocol', message, [...step.because])]
  return { ...way, outcome: passedWith({ ...step, outcome: 'CONDITIONAL' }, value, conditions, assumptions, lookedAt) }
}
