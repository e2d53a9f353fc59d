import { gatewayChains } from './authorization/chains-of.js'
import { pastToken } from './authorization/past-token.js'
import { stop } from './call/outcome.js'
import type { ResolvedCall } from './call/call.js'
import { emptyRecorder, type Recorder, record } from './call/recorder.js'
import { followFromScope } from './follow-to-route.js'
import type { PortRoute } from './port-route.js'
import type { Named, NetworkPath, RouteTarget } from './call/stage-values.js'
import { createMemory, type Memory } from './likeness/memory.js'
import { endedTrace, type Trace } from './answer/trace.js'

/** Traces the second hop of a call that a route sends through a gateway; undefined when the server is where the call ends. */
export type SecondHop = (path: NetworkPath) => Trace | undefined

type TracePort = (before: Recorder, route: PortRoute, memory: Memory, hops: number) => Trace

const mostHops = 2

/**
 * Does the call go on behind the server? It does where a route sends a host to another service whose server is a gateway: the
 * gateway is then the client of a second call, with its own control plane's view and its own identity (ROUTE-13, AUTHZ-17).
 */
export const continueBehindGateway = (
  call: ResolvedCall,
  named: Named,
  target: RouteTarget,
  hops: number,
  tracePort: TracePort,
): SecondHop | undefined => {
  if (target.service.hostname === named.hostname) return undefined
  return (path) => {
    if (path.server?.dataPlane !== 'GATEWAY') return undefined
    if (hops >= mostHops) return loopTrace(named, target)
    return traceFromGateway(call, named, path, target.port.number, hops + 1, tracePort)
  }
}

const traceFromGateway = (
  call: ResolvedCall,
  named: Named,
  path: NetworkPath,
  port: number,
  hops: number,
  tracePort: TracePort,
): Trace | undefined => {
  const { snapshot } = call.client
  const { server: workload } = path
  const cluster = workload && snapshot.clusters.get(workload.cluster)
  const view = workload?.controlPlane === undefined ? undefined : snapshot.view(workload.controlPlane)
  if (workload === undefined || cluster === undefined || view === undefined) return undefined
  const client = { snapshot, workload, cluster, view }
  const own: ResolvedCall = { ...call, client, handedOn: true }
  const fromGateway = gatewayChains(call, view, cluster, path).includes('HTTP') ? pastToken(own) : own
  const { recorder, ended, ports } = followFromScope(fromGateway, { ...named, hostname: hostSent(call, named) }, port)
  if (ended !== undefined) return endedTrace(recorder, ended)
  return ports[0] && tracePort(recorder, ports[0], createMemory(client), hops)
}

/** The host by which the gateway routes: the one that was called, unless the route has written another authority (ROUTE-7). */
const hostSent = ({ host: asked, client, attributes }: ResolvedCall, { hostname }: Named): string => {
  const [authority, ...others] = attributes.authorities ?? []
  const host = authority?.toLowerCase().replace(/:\d+$/u, '')
  const isAsked = host === undefined || others.length > 0 || host === asked
  return isAsked || client.workload.dataPlane === 'GATEWAY' ? hostname : host
}

const loopTrace = (named: Named, { because }: RouteTarget): Trace =>
  endedTrace(
    record(
      emptyRecorder,
      stop('ROUTE', {
        reason: 'ROUTE_LOOP',
        message: `the routes of \`${named.hostname}\` lead from gateway to gateway without an end`,
        because,
      }),
    ),
    'STOPPED',
  )
