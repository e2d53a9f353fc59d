/**
 * What goes over the wire, as far as the question and the port that it names say: the protocol, and the authority of a request.
 *
 * A client writes the port behind the host unless it is the protocol's own, and proxies pass both on as they are (AUTHZ-20, ROUTE-1). What the
 * client speaks follows from the port where the question does not say it. Rules ROUTE-10, ROUTE-35, AUTHZ-25.
 */
import type { SpokenProtocol } from '../../model/question.js'
import type { Protocol } from '../../resources/kubernetes/protocol.js'
import type { CallAttributes, ResolvedCall } from './call.js'

/** A port as whoever dials it knows it. */
export interface DeclaredPort {
  readonly protocol: Protocol
  readonly serverFirst?: true
}

/** Does the question itself speak of a request? */
export const speaksOfRequest = ({ method, path, headers, absentHeaders }: CallAttributes): boolean =>
  method !== undefined || path !== undefined || Object.keys(headers).length > 0 || absentHeaders.size > 0

/** Undefined: the port is undeclared, and the question does not say. */
export function spokenProtocol(attributes: CallAttributes, declared: DeclaredPort | undefined): SpokenProtocol | undefined {
  if (attributes.protocol !== undefined) return attributes.protocol
  if (speaksOfRequest(attributes)) return 'HTTP'
  const protocol = declared?.protocol
  if (protocol === 'TCP') return declared?.serverFirst === true ? 'SERVER_FIRST' : 'TCP'
  return protocol === 'HTTP' || protocol === 'TLS' ? protocol : undefined
}

/** The authorities that a request may have; one, unless the port alone does not tell whether the client writes it. */
export function authoritiesOf({ host, client, attributes: { headers } }: ResolvedCall, port: number): readonly string[] {
  const stated = headers['host'] ?? headers[':authority']
  if (stated !== undefined) return [stated]
  if (port === 80) return [host]
  const withPort = `${host}:${port}`
  // Port 443 is left out by a client that takes it for HTTPS, and a visitor of a gateway may have dialled another port than the gateway's.
  return port === 443 || client.workload.dataPlane === 'GATEWAY' ? [host, withPort] : [withPort]
}

/** The call with what is sent on the port, once it is known which. */
export function sentOn(call: ResolvedCall, port: number, declared: DeclaredPort | undefined): ResolvedCall {
  // Gateways on the way hand on what they are given.
  if (call.attributes.authorities !== undefined) return call
  const { client, host, at, attributes } = call
  const { method, path, headers, absentHeaders, work } = attributes
  const protocol = spokenProtocol(attributes, declared)
  return { client, host, attributes: { protocol, method, path, headers, absentHeaders, authorities: authoritiesOf(call, port), work }, at }
}
