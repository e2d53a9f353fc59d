/**
 * Which servers of Gateway objects does a gateway proxy really open, and which does it leave out?
 *
 * The oldest Gateway object goes first. A server is left out where an earlier one has its port in a protocol that it cannot share, or over TLS one of
 * its hosts; HTTP shares a port with HTTP, TLS with TLS. A server's port is a Service port: the listener is at the target port of the first Service
 * port of that number, else at the number itself. Rules NET-30, TLS-13, GWAPI-70.
 */
import { pausing } from '../../pause.js'
import type { Gateway, GatewayServer } from '../../resources/istio/gateway.js'
import { remembered } from '../../remembered.js'
import { servicesSelecting, targetPortOf } from '../../snapshot/services/services-selecting.js'
import type { Cluster, ControlPlaneView } from '../../snapshot/snapshot.js'
import type { Workload } from '../../snapshot/workloads/workload.js'
import { gatewaysSelecting } from './gateways-selecting.js'
import { isTakenAsShipped, shippedTarget } from './shipped-gateway.js'
import { takesPlainRequests } from './servers-for.js'

export interface BoundServer {
  readonly gateway: Gateway
  readonly server: GatewayServer
  readonly position: number
}

/** A server that nobody meets: `by` has what it asks for. */
export interface LeftOut extends BoundServer {
  readonly by: BoundServer
  /** Names that the earlier one has over TLS; none: it is the protocol. */
  readonly hosts: readonly string[]
}

export interface MergedServers {
  /** By the port of the pod. */
  readonly at: ReadonlyMap<number, readonly BoundServer[]>
  readonly leftOut: readonly LeftOut[]
}

/** Everything that Gateway objects ask of this gateway's proxy. */
export const mergedServers = remembered((view: ControlPlaneView, cluster: Cluster, workload: Workload): MergedServers => {
  const servicePorts = servicesSelecting(cluster, workload).flatMap((service) => service.ports)
  const gateways = gatewaysSelecting(view, workload)
  const asked = new Set(gateways.flatMap(({ servers }) => servers.map(({ port }) => port.number)))
  const isAsShipped = servicePorts.length === 0 && isTakenAsShipped(workload)
  const at = new Map<number, BoundServer[]>()
  const leftOut: LeftOut[] = []
  const taken = new Map<number, Taken>()
  for (const gateway of pausing(gateways)) {
    gateway.servers.forEach((server, position) => {
      if (server.port.number === 0) return
      const declared = servicePorts.find(({ number }) => number === server.port.number)
      // One of the Gateway API listens at ports of its Services alone (GWAPI-16).
      if (declared === undefined && gateway.runs !== undefined && servicePorts.length > 0) return
      const number = isAsShipped ? shippedTarget(server.port.number, asked) : server.port.number
      const port = (declared === undefined ? undefined : targetPortOf(declared, workload)) ?? number
      const known: Taken = taken.get(port) ?? { hosts: new Map(), plain: new Map() }
      taken.set(port, known)
      const bound = { gateway, server, position }
      const loser = rivalOf(bound, known)
      if (loser !== undefined) return void leftOut.push(loser)
      const list = at.get(port)
      if (list === undefined) at.set(port, [bound])
      else list.push(bound)
    })
  }
  return { at, leftOut }
})

/** What of one port is taken: names over TLS by the address that is bound, and the first that reads it without TLS. */
interface Taken {
  readonly hosts: Map<string, BoundServer>
  readonly plain: Map<string, BoundServer>
}

/** Takes the port for the server, or says who has it. */
function rivalOf(bound: BoundServer, { hosts, plain }: Taken): LeftOut | undefined {
  const { server, gateway } = bound
  const { bind = '' } = server
  const names = server.tlsMode === undefined ? [] : server.hosts.map((host) => `${bind} ${inFull(host, gateway)}`)
  const twice = names.filter((name) => hosts.has(name))
  const first = twice[0] === undefined ? undefined : hosts.get(twice[0])
  if (first !== undefined) return { ...bound, by: first, hosts: twice.map((name) => name.slice(bind.length + 1)) }
  for (const name of names) hosts.set(name, bound)
  const other = plain.get(bind)
  if (other !== undefined && !(takesPlainRequests(server) && takesPlainRequests(other.server))) return { ...bound, by: other, hosts: [] }
  if (other === undefined && !readsTls(server)) plain.set(bind, bound)
  return undefined
}

/** What answers with a redirect to https takes plaintext all the same. */
const readsTls = (server: GatewayServer): boolean => server.tlsMode !== undefined && !takesPlainRequests(server)

/** Names as istiod compares them: what is for every namespace says none. */
function inFull(host: string, { meta }: Gateway): string {
  if (host.startsWith('./')) return `${meta.namespace}/${host.slice(2)}`
  return host.startsWith('*/') ? host.slice(2) : host
}
