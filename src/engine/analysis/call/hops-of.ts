/**
 * On which legs does a call run, and who is at each end?
 *
 * A gateway that hands TLS on parts the way into two connections (NET-30); one that ends the request is the end of a leg and, as a client of its
 * own, the begin of the next (ROUTE-13). What is judged between the two ends of the encryption is told of the last leg.
 */
import type { Hop } from '../../model/step.js'
import { changedStep, type UntoldStep } from './untold-step.js'
import type { Workload } from '../../snapshot/workloads/workload.js'
import type { Client } from './call.js'
import type { NetworkPath } from './stage-values.js'

/** The legs of one path: of the packets that leave the client, and of those that arrive where the path ends. */
export interface PathHops {
  readonly first: Hop
  readonly last: Hop
}

const placeOf = ({ cluster, namespace, owner }: Workload): string => `${cluster}/${namespace}/${owner.name}`

const addressOf = ({ address, port }: { readonly address: string; readonly port: number }): string => `${address}:${port}`

export function hopsOf({ workload }: Client, path: NetworkPath): PathHops {
  const { passage, server, endpoint, dialled } = path
  const from = placeOf(workload)
  if (passage === undefined) {
    const to = server === undefined ? addressOf(dialled) : placeOf(server)
    const only: Hop = { index: 0, kind: server?.dataPlane === 'WAYPOINT' ? 'WAYPOINT' : 'DIRECT', from, to }
    return { first: only, last: only }
  }
  const gateway = passage.proxy === undefined ? addressOf(passage.gateway) : placeOf(passage.proxy)
  const first: Hop = { index: 0, kind: 'GATEWAY', from, to: gateway }
  // Not handed on: the connection ends at the gateway.
  if (passage.proxy === undefined || (server === undefined && endpoint === passage.entry)) return { first, last: first }
  return { first, last: { index: 1, kind: 'DIRECT', from: gateway, to: server === undefined ? addressOf(endpoint) : placeOf(server) } }
}

/**
 * Steps of a call that a gateway makes, as part of the call that came to it; those before its packets leave are told of its first leg, and where none
 * leave, of the leg that ends there.
 */
export function legsBehind(steps: readonly UntoldStep[], gateway: Hop): (step: UntoldStep) => UntoldStep {
  const index = gateway.index + 1
  const first = steps.find(({ hop }) => hop !== null)?.hop
  return (step) => {
    const hop = step.hop ?? first
    return changedStep(step, { hop: hop ? { ...hop, index: hop.index + index } : gateway })
  }
}
