import { type BoundServer, type LeftOut, mergedServers } from '../../istiod/gateways/merged-servers.js'
import { isSecure } from '../../istiod/gateways/servers-for.js'
import { shippedPorts } from '../../istiod/gateways/shipped-gateway.js'
import { servicesSelecting, targetPortOf } from '../../snapshot/services/services-selecting.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import type { Client, ResolvedCall } from '../call/call.js'

/** The servers of a gateway, and those that take what came in on a port. */
export interface ServersAsked {
  /** The number by which servers know the port. */
  readonly port: number
  readonly all: readonly BoundServer[]
  /** Servers of the port, of several numbers where they share it, that read what came: TLS or plaintext. */
  readonly standing: readonly BoundServer[]
  readonly leftOut: readonly LeftOut[]
}

/** `asked`: a port of the gateway's pods, of its Service or of a server. */
export function serversAsked({ client, came }: ResolvedCall, view: ControlPlaneView, asked: number): ServersAsked {
  const { at, leftOut } = mergedServers(view, client.cluster, client.workload)
  const all = [...at.values()].flat()
  const port = numberOfServer(client, all, asked)
  const sharing = [...at.values()].find((list) => list.some(({ server }) => server.port.number === port)) ?? []
  return { port, all, standing: sharing.filter(({ server }) => came === undefined || isSecure(server) === (came === 'TLS')), leftOut }
}

/** Its own number, or that of the pod's port to which a Service's leads, or usually would (NET-30, GW-3). */
function numberOfServer({ cluster, workload }: Client, servers: readonly BoundServer[], asked: number): number {
  const isServed = (number: number | undefined): boolean => servers.some(({ server }) => server.port.number === number)
  if (isServed(asked)) return asked
  const declared = servicesSelecting(cluster, workload).flatMap(({ ports }) => ports)
  const leading = declared.find(({ number }) => number === asked)
  const target = leading === undefined ? undefined : targetPortOf(leading, workload)
  const usual =
    declared.length > 0 || !workload.synthesised ? undefined : Object.keys(shippedPorts).find((key) => shippedPorts[Number(key)] === asked)
  const found = target ?? (usual === undefined ? undefined : Number(usual))
  return found !== undefined && isServed(found) ? found : asked
}
