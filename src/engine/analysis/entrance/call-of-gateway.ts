import type { SpokenProtocol } from '../../model/question.js'
import { isSecure, routingKind } from '../../istiod/gateways/servers-for.js'
import { pastToken } from '../authorization/past-token.js'
import type { CallAttributes, ResolvedCall } from '../call/call.js'
import { spokenProtocol } from '../call/sent-on.js'
import type { Named } from '../call/stage-values.js'
import { requestedHost, type TakingEntrance } from './taking-entrance.js'

/** The visitor's call with what it sends on the port: a client leaves the port of its scheme out of the authority, and writes any other (AUTHZ-20). */
export function callOfVisitor(call: ResolvedCall, { entrance, server: { server } }: TakingEntrance): ResolvedCall {
  const { headers } = call.attributes
  const stated = headers['host'] ?? headers[':authority']
  const usual = isSecure(server) ? 443 : 80
  const authority = stated ?? (entrance.port === usual ? call.host : `${call.host}:${entrance.port}`)
  return { ...call, attributes: { ...call.attributes, authorities: [authority] } }
}

/** The call that the gateway makes: the same request, by its own identity and its own control plane's view (ROUTE-13, AUTHZ-17). */
export function callOfGateway(call: ResolvedCall, { entrance, server: { server } }: TakingEntrance): ResolvedCall {
  const { proxy, view, cluster } = entrance
  const attributes: CallAttributes = { ...call.attributes, protocol: spokenBehind(call.attributes, server) }
  const came = isSecure(server) ? 'TLS' : 'PLAINTEXT'
  const own: ResolvedCall = { ...call, client: { snapshot: call.client.snapshot, cluster, view, ...proxy }, attributes, came }
  return attributes.protocol === 'HTTP' ? pastToken(own) : own
}

/** Requests where the server routes them, else whatever the client speaks, and inside of TLS that is ended nothing is said but by a question of requests. */
function spokenBehind(attributes: CallAttributes, server: TakingEntrance['server']['server']): SpokenProtocol | undefined {
  const kind = routingKind(server)
  if (kind === 'tls') return 'TLS'
  if (kind === 'http') return 'HTTP'
  return spokenProtocol(isSecure(server) ? { ...attributes, protocol: undefined } : attributes, undefined)
}

/** The host by which the gateway routes: what a request names, or the server name of a connection. */
export function nameAtGateway({ host, attributes }: ResolvedCall, taking: TakingEntrance): Named {
  return {
    hostname: routingKind(taking.server.server) === 'http' ? requestedHost(attributes, host) : host,
    addresses: [],
    resolvedBy: 'LITERAL',
  }
}
