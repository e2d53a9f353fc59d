import { connectionsOf } from '../analysis/network-policy/connection.js'
import { type JudgedEnd, judgeConnection } from '../analysis/network-policy/judge-connection.js'
import type { Client } from '../analysis/call/call.js'
import type { NetworkPath } from '../analysis/call/stage-values.js'
import { clientTransport } from '../analysis/transport/client-transport.js'
import type { Propose } from './proposal.js'
import { letThrough } from './let-through.js'
import type { Situation } from './situation.js'

/**
 * No rule of the policies that select an end of a connection lets it through: a policy of its own that does, for these two ends and this port.
 *
 * NetworkPolicies add up, so that the user's own stay as they are. What a policy for the whole cluster denies is somebody's intention, and is
 * left alone. Rules NP-3, NP-6, NP-12, NP-18.
 */
export const allowConnection: Propose = (situation) => {
  const denied = deniedEnds(situation)
  return denied.length === 0 ? [] : [letThrough(situation.snapshot, denied)]
}

/** Captured pods are tunnelled to by whatever has a proxy, as far as their rules of TLS do not matter here (NP-16). */
const isTunnelled = (client: Client, path: NetworkPath): boolean => {
  const { dataPlane } = client.workload
  if (dataPlane === 'AMBIENT') return clientTransport(client, undefined, path)?.tunnel !== undefined
  return path.server?.dataPlane === 'AMBIENT' && dataPlane !== 'NONE' && dataPlane !== 'PROXYLESS'
}

const deniedEnds = ({ snapshot, clients, paths }: Situation): readonly JudgedEnd[] =>
  clients
    .flatMap((client) => paths.flatMap((path) => connectionsOf(snapshot, client.workload, path, isTunnelled(client, path))))
    .flatMap((connection) => judgeConnection(snapshot, connection))
    .filter(({ decision }) => decision?.value === 'DENIED' && decision.admin !== true)
