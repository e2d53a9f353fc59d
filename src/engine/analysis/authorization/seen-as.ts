import type { Trusted } from '../call/stage-values.js'
import type { Workload } from '../../snapshot/workloads/workload.js'

/** Whom the server takes the caller for: often the surprise. A waypoint calls in its own name (AUTHZ-14, AUTHZ-17, AMB-39). */
export function seenAs({ peer }: Trusted, caller: Workload, server: Workload): string {
  if (peer === undefined) return 'the caller has no identity there, since the connection proves none'
  const identity = `\`${peer.trustDomain}/ns/${peer.namespace}/sa/${peer.serviceAccount}\``
  if (server.dataPlane === 'WAYPOINT') return `the waypoint sees ${identity}`
  if (caller.dataPlane === 'WAYPOINT') return `the server sees ${identity}, its waypoint, in place of the client`
  return `the server sees ${identity}`
}
