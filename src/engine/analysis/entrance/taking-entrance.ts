/**
 * Which gateways take a call from outside, and by which of their servers?
 *
 * A server of a Gateway object listens at the pod's port to which an entrance leads; it takes the call where it has the host, which over TLS is the
 * server name. Rules ROUTE-9, ROUTE-11, ROUTE-12, GW-4.
 */
import { gatewayServersAt } from '../../istiod/gateways/gateway-servers.js'
import { chainName } from '../../istiod/gateways/chain-names.js'
import type { BoundServer } from '../../istiod/gateways/merged-servers.js'
import { isSecure, serversFor } from '../../istiod/gateways/servers-for.js'
import type { CallAttributes } from '../call/call.js'
import type { Entrance } from './entrance.js'
import type { NamedOutside } from './name-outside.js'

/** An entrance with the servers behind it that take the call, the deciding one first. */
export interface TakingEntrance {
  readonly entrance: Entrance
  readonly servers: readonly BoundServer[]
  readonly server: BoundServer
}

/** The host that a request names: what the question writes into it, else the host that was called. */
export function requestedHost({ headers }: CallAttributes, hostname: string): string {
  const stated = headers['host'] ?? headers[':authority']
  return stated === undefined ? hostname : stated.toLowerCase().replace(/:\d+$/u, '')
}

/** Servers that listen where the entrance leads, the oldest Gateway's first. */
export const serversBehind = ({ view, cluster, proxy, podPort }: Entrance): readonly BoundServer[] =>
  gatewayServersAt(view, cluster, proxy.workload, podPort)

/** The entrance as it takes the call; undefined where no server of it does. */
export function takingEntrance(entrance: Entrance, { hostname }: NamedOutside, attributes: CallAttributes): TakingEntrance | undefined {
  const all = serversBehind(entrance).filter(({ server }) => server.tlsMode !== 'AUTO_PASSTHROUGH')
  const secure = all.filter(({ server }) => isSecure(server))
  const plain = all.filter(({ server }) => !isSecure(server))
  const overTls = serversFor(secure, hostname, chainName(entrance.view, entrance.proxy.workload.namespace, hostname))
  const inPlain = serversFor(plain, requestedHost(attributes, hostname))
  // Where a port takes both, what the client sends decides which it meets.
  const speaksPlain = attributes.protocol !== undefined && attributes.protocol !== 'TLS'
  const servers = speaksPlain && inPlain.length > 0 ? inPlain : [...overTls, ...inPlain]
  const [server] = servers
  return server === undefined ? undefined : { entrance, servers, server }
}

/** Entrances to which the name leads. */
export const entrancesFor = (entrances: readonly Entrance[], { addresses }: NamedOutside): readonly Entrance[] =>
  addresses === undefined
    ? entrances
    : entrances.filter((entrance) => entrance.addresses.some((address) => addresses.includes(address.toLowerCase())))
