/**
 * Who reads the header of the PROXY protocol that the client's proxy writes, as a DestinationRule asks?
 *
 * It comes before all else, the proxy's own TLS too. Sidecars look for TLS and for requests at the first byte: they find no mutual TLS behind it, and a
 * port that is declared HTTP answers 400; elsewhere it reaches the application, which has to know it. Rules TLS-11, TLS-12;
 * core/cluster_traffic_policy.go applyUpstreamProxyProtocol.
 */
import type { ResourceRef } from '../../model/resource-ref.js'
import { inboundProtocol } from '../../istiod/inbound/inbound-protocol.js'
import { condition } from '../call/condition.js'
import type { Client, ResolvedCall } from '../call/call.js'
import { assuming, type Outcome, passedWith, stop, undetermined } from '../call/outcome.js'
import type { RouteTarget, Transported } from '../call/stage-values.js'

/** Does the client's proxy write one? Only Envoys of the mesh's own make clusters of DestinationRules. */
export const writesHeader = ({ workload: { dataPlane } }: Client, target: RouteTarget | undefined): boolean =>
  (dataPlane === 'SIDECAR' || dataPlane === 'GATEWAY' || dataPlane === 'WAYPOINT') &&
  target?.rule?.writesProxyHeader(target.port.number, target.subset) === true

/** What is taken, unless the header keeps it from being understood. */
export function readHeader(call: ResolvedCall, target: RouteTarget | undefined, outcome: Outcome<Transported>): Outcome<Transported> {
  if (!outcome.passed || !writesHeader(call.client, target)) return outcome
  const because = target?.rule?.because ?? []
  const { value, step, assumptions, lookedAt } = outcome
  const { server, serverPort } = value.path
  if (server === undefined && value.path.passage === undefined) return assuming(outcome, [outside(because)])
  const why = whyMisread(call, value)
  if (why !== undefined) return stop('TRANSPORT', { reason: 'PROTOCOL_REJECTED', message: `${written}${why}`, because })
  const open = whyUnknown(value)
  if (open !== undefined) return undetermined('TRANSPORT', `${written}, and ${open} is not known`, because)
  const needed = `succeeds only if the application at port ${serverPort} reads the header of the PROXY protocol that the client’s proxy writes`
  const conditions = [...outcome.conditions, condition('PROXY_HEADER_NEEDED', needed, [...because])]
  return passedWith({ ...step, outcome: 'CONDITIONAL' }, value, conditions, assumptions, lookedAt)
}

/** By the proxy that takes the connection: the gateway between two networks, else the server's. */
function whyMisread(call: ResolvedCall, value: Transported): string | undefined {
  const { path, protocol, serverProxied, tunnel } = value
  if (path.passage !== undefined || (serverProxied && protocol === 'ISTIO_MUTUAL' && !tunnel))
    return ' in front of its mutual TLS, which whoever takes the connection then does not find'
  if (!isRequests(call, value)) return undefined
  return `, and the proxy of \`${path.server?.owner.name ?? ''}\` takes that for a request, as the port is declared`
}

function whyUnknown({ tunnel, path: { server } }: Transported): string | undefined {
  if (tunnel) return 'what becomes of it in a tunnel'
  return server?.dataPlane === 'GATEWAY'
    ? `whether gateway \`${server.owner.name}\` reads it (\`gatewayTopology.proxyProtocol\`)`
    : undefined
}

const written = 'the client’s proxy writes a header of the PROXY protocol'

const outside = (because: readonly ResourceRef[]) => ({
  code: 'OUTSIDE_PROXY_HEADER_ASSUMED' as const,
  message: 'the server outside the topology is assumed to read the header of the PROXY protocol that the client’s proxy writes',
  because: [...because],
})

function isRequests({ client: { snapshot } }: ResolvedCall, { serverProxied, path: { server, serverPort } }: Transported): boolean {
  if (!serverProxied || server?.controlPlane === undefined || server.dataPlane !== 'SIDECAR') return false
  const cluster = snapshot.clusters.get(server.cluster)
  return cluster !== undefined && inboundProtocol(snapshot.view(server.controlPlane), cluster, server, serverPort) === 'HTTP'
}
