/**
 * What runs on the wire: who opens a connection to which address and port, and who takes it there.
 *
 * A path through gateways is several connections, each between its own two ends. Rules NP-15 … NP-19.
 */
import { ipFamily } from '../../istiod/matching/ip-family.js'
import type { Snapshot } from '../../snapshot/snapshot.js'
import type { Workload } from '../../snapshot/workloads/workload.js'
import { holdersOf } from '../packets/holders-of.js'
import type { NetworkPath } from '../call/stage-values.js'
import type { TransportProtocol } from '../../resources/network-policy/policy-port.js'
import { hbonePort } from '../../istiod/ambient/waypoint.js'

export interface Connection {
  readonly opener: Workload
  /** Undefined: nobody whom the topology knows. */
  readonly receiver: Workload | undefined
  readonly dialled: { readonly address: string; readonly port: number }
  /** Where the pod at the address stands, where only an EndpointSlice tells of it: its labels are not known. */
  readonly unseen?: { readonly cluster: string; readonly namespace: string }
  /** Where it arrives at the receiver's pod: of a tunnel its own port, and not the server's (NP-16). */
  readonly ports: readonly number[]
  /** Absent: TCP, as all calls are. */
  readonly protocol?: TransportProtocol
  /**
   * OWN: the receiver's own address is dialled. VIRTUAL: one of the opener's cluster, put in place of which before any policy looks (NP-13).
   * ENTRANCE: a load balancer's, a node's or a gateway's, behind which the opener's address may be another (NP-11, NP-18).
   */
  readonly by: 'OWN' | 'VIRTUAL' | 'ENTRANCE'
}

/** The connections of a path, the client's first; `tunnel`: what goes straight to the server is HBONE (NP-16). */
export const connectionsOf = (snapshot: Snapshot, client: Workload, path: NetworkPath, tunnel: boolean): readonly Connection[] => {
  const { passage, server, serverPort } = path
  if (passage?.proxy === undefined) return [directly(snapshot, client, path, tunnel)]
  const { gateway, proxy, proxyPort, further } = passage
  const entrance: Connection = {
    opener: client,
    receiver: proxy,
    dialled: { address: gateway.address, port: gateway.port },
    ports: [proxyPort ?? gateway.port],
    by: 'ENTRANCE',
  }
  const between = further.map(
    (leg, index): Connection => ({
      opener: further[index - 1]?.proxy ?? proxy,
      receiver: leg.proxy,
      dialled: leg.dialled,
      ports: [leg.port],
      by: 'ENTRANCE',
    }),
  )
  if (server === undefined) return [entrance, ...between]
  const last = further.at(-1)?.proxy ?? proxy
  // What is inside of a tunnel to the gateway is a tunnel itself (NP-18).
  const port = gateway.tunnel === undefined ? serverPort : hbonePort
  return [
    entrance,
    ...between,
    { opener: last, receiver: server, dialled: { address: path.endpoint.address, port }, ports: [port], by: 'OWN' },
  ]
}

const directly = (
  snapshot: Snapshot,
  opener: Workload,
  { dialled, server, serverPort, endpoint }: NetworkPath,
  tunnel: boolean,
): Connection => {
  if (server === undefined) {
    const unseen = endpoint.origin === 'SLICE' ? { unseen: { cluster: endpoint.cluster, namespace: endpoint.namespace } } : {}
    return { opener, receiver: undefined, dialled, ports: [dialled.port], by: 'OWN', ...unseen }
  }
  return {
    opener,
    receiver: server,
    dialled,
    ports: [tunnel ? hbonePort : serverPort],
    by: entranceOf(snapshot, opener, server, dialled.address),
  }
}

const entranceOf = (snapshot: Snapshot, opener: Workload, server: Workload, address: string): Connection['by'] => {
  if (server.ips.includes(address) || ipFamily(address) === undefined) return 'OWN'
  if (holdersOf(snapshot, address, opener.cluster)[0]?.kind === 'CLUSTER_IP') return 'VIRTUAL'
  return 'ENTRANCE'
}
