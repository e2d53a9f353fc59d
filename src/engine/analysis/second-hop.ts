import { emptyRecorder, type Recorder, record } from './call/recorder.js'
import { findInScope } from './scope/find-in-scope.js'
import type { InScope, Named, NetworkPath, Routed, RouteTarget } from './call/stage-values.js'
import { endedTrace, type Trace } from './answer/trace.js'

/** Traces the second hop of a call that a route sends through a gateway; undefined when the server is where the call ends. */
export type Onward = (path: NetworkPath) => Trace | undefined

type TracePort = (before: Recorder, inScope: InScope, port: number, hops: number) => Trace

const mostHops = 2

/**
 * Does the call go on behind the server? It does where a route sends a host to another service whose server is a gateway: the
 * gateway is then the client of a second call, with its own control plane's view and its own identity (ROUTE-13, AUTHZ-17).
 */
export const continueBehindGateway = (routed: Routed, target: RouteTarget, hops: number, tracePort: TracePort): Onward | undefined => {
  const { named } = routed.inScope
  if (target.service.hostname === named.hostname) return undefined
  return ({ server }) => {
    if (server?.dataPlane !== 'GATEWAY') return undefined
    if (hops >= mostHops) return loopTrace(named, target)
    return traceFromGateway(named, server, target.port.number, hops + 1, tracePort)
  }
}

const traceFromGateway = (
  named: Named,
  workload: NonNullable<NetworkPath['server']>,
  port: number,
  hops: number,
  tracePort: TracePort,
): Trace | undefined => {
  const { snapshot } = named.call.client
  const cluster = snapshot.clusters.get(workload.cluster)
  if (cluster === undefined || workload.controlPlane === undefined) return undefined
  const client = { snapshot, workload, cluster, view: snapshot.view(workload.controlPlane) }
  const scoped = findInScope({ ...named, call: { ...named.call, client, known: new Map() } })
  const recorder = record(emptyRecorder, scoped)
  return scoped.passed ? tracePort(recorder, scoped.value, port, hops) : endedTrace(recorder.steps, scoped.because, recorder.assumptions)
}

const loopTrace = (named: Named, { because }: RouteTarget): Trace =>
  endedTrace(
    [
      {
        stage: 'ROUTE',
        outcome: 'STOPPED',
        reason: 'ROUTE_LOOP',
        message: `the routes of \`${named.hostname}\` lead from gateway to gateway without an end`,
        because: [...because],
      },
    ],
    'STOPPED',
    [],
  )
