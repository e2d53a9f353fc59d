import { connectionsOf } from '../../analysis/network-policy/connection.js'
import { type JudgedEnd, judgeConnection } from '../../analysis/network-policy/judge-connection.js'
import type { Client } from '../../analysis/call/call.js'
import type { NetworkPath } from '../../analysis/call/stage-values.js'
import { clientTransport } from '../../analysis/transport/client-transport.js'
import type { Situation } from '../situation.js'

/** Captured pods are tunnelled to by whatever has a proxy, as far as their rules of TLS do not matter here (NP-16). */
const isTunnelled = (client: Client, path: NetworkPath): boolean => {
  const { dataPlane } = client.workload
  if (dataPlane === 'AMBIENT') return clientTransport(client, undefined, path)?.tunnel !== undefined
  return path.server?.dataPlane === 'AMBIENT' && dataPlane !== 'NONE' && dataPlane !== 'PROXYLESS'
}

/** Ends of the connections that NetworkPolicies do not let through; what a policy for the whole cluster denies is none (NP-18). */
export const deniedEnds = ({ snapshot, clients, paths }: Situation): readonly JudgedEnd[] =>
  clients
    .flatMap((client) => paths.flatMap((path) => connectionsOf(snapshot, client.workload, path, isTunnelled(client, path))))
    .flatMap((connection) => judgeConnection(snapshot, connection))
    .filter(({ decision }) => decision?.value === 'DENIED' && decision.admin !== true)
