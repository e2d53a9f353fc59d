/**
 * Which servers of Gateway objects take a host, and what do they make of a connection?
 *
 * Where several do, the most specific name decides, as Envoy chooses filter chains and virtual hosts; names that are equally specific go by age.
 * Rules ROUTE-9, ROUTE-11, ROUTE-12.
 */
import type { Gateway, GatewayServer } from '../../resources/istio/gateway.js'
import { covers, overlaps } from '../../snapshot/covers.js'

/** A server in its Gateway object. */
export interface ServerOfGateway {
  readonly gateway: Gateway
  readonly server: GatewayServer
}

/** The names of a server as they are compared, without their `namespace/`. */
export const hostsOf = ({ hosts }: GatewayServer): readonly string[] => hosts.map((written) => nameIn(written).toLowerCase())

export const nameIn = (written: string): string => written.slice(written.indexOf('/') + 1)

/** Does a VirtualService of the namespace with this host have a place at the server? A host may carry a `namespace/` restriction (ROUTE-11). */
export function admitsRoutes(bound: ServerOfGateway, host: string, from: string): boolean {
  return bound.server.hosts.some((written) => admits(bound, written, from) && overlaps(nameIn(written).toLowerCase(), host))
}

/** Is the server's host one for VirtualServices of that namespace? */
export function admits({ gateway }: ServerOfGateway, written: string, from: string): boolean {
  const slash = written.indexOf('/')
  const place = slash < 0 ? '*' : written.slice(0, slash)
  const namespace = place === '.' ? gateway.meta.namespace : place
  return namespace === '*' || namespace === from
}

/** The server's name that takes the host, the most specific of those that do; a connection in plaintext that is no HTTP names none. */
const takingName = ({ server }: ServerOfGateway, host: string): string | undefined =>
  !isSecure(server) && routingKind(server) === 'tcp'
    ? '*'
    : hostsOf(server)
        .filter((pattern) => covers(pattern, host))
        .sort((a, b) => weightOf(b) - weightOf(a))[0]

/** A name in full before every wildcard, a longer wildcard before a shorter. */
export const weightOf = (pattern: string): number => (pattern.startsWith('*') ? pattern.length : Number.MAX_SAFE_INTEGER)

/**
 * The servers of one port that take the host, the most specific first. Over TLS only they have a filter chain for its server name; requests in
 * plaintext are routed by all of them together.
 *
 * `chainName`: the name of a chain behind the server that takes the host. Where no server has one, those are told that have the host.
 */
export function serversFor<T extends ServerOfGateway>(
  servers: readonly T[],
  host: string,
  chainName?: (bound: T) => string | undefined,
): readonly T[] {
  const met =
    chainName === undefined ? [] : byWeight(servers, (bound) => (isSecure(bound.server) ? chainName(bound) : takingName(bound, host)))
  const taking = met.length > 0 ? met : byWeight(servers, (bound) => takingName(bound, host))
  const [first] = taking
  const isOverTls = first !== undefined && isSecure(first.bound.server)
  return taking.filter(({ weight }) => !isOverTls || weight === first.weight).map(({ bound }) => bound)
}

function byWeight<T>(servers: readonly T[], nameOf: (bound: T) => string | undefined): readonly { bound: T; weight: number }[] {
  return servers
    .flatMap((bound) => {
      const name = nameOf(bound)
      return name === undefined ? [] : [{ bound, weight: weightOf(name) }]
    })
    .sort((a, b) => b.weight - a.weight)
}

/** Is what arrives there TLS? */
export const isSecure = ({ port: { protocol } }: GatewayServer): boolean => protocol === 'HTTPS' || protocol === 'TLS'

const plainRequests: ReadonlySet<string> = new Set(['HTTP', 'HTTP2', 'GRPC', 'GRPC-WEB'])

/** Is what arrives there requests in plaintext? */
export const takesPlainRequests = ({ port: { protocol } }: GatewayServer): boolean => plainRequests.has(protocol)

/** How a server reads its connections: http routes, tls routes by server name, tcp routes, or straight on by SNI. */
export function routingKind({ port, tlsMode }: GatewayServer): 'http' | 'tls' | 'tcp' | 'sni' {
  if (tlsMode === 'AUTO_PASSTHROUGH') return 'sni'
  if (plainRequests.has(port.protocol)) return 'http'
  if (tlsMode === 'PASSTHROUGH') return 'tls'
  if (port.protocol === 'HTTPS') return tlsMode === undefined ? 'tls' : 'http'
  return port.protocol === 'TLS' && tlsMode === undefined ? 'tls' : 'tcp'
}
