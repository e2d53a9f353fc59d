/**
 * Does Envoy refuse the listener that istiod makes of a gateway's port?
 *
 * istiod compares the hosts of servers as they are written, with the namespace that they are kept for; filter chains are told apart by the name alone. Two
 * servers that both hold one name over TLS, one of them for a namespace, make a listener that no proxy takes. Rules ROUTE-12, model/gateway.go CheckDuplicates,
 * GetSNIHostsForServer.
 */
import { remembered } from '../../remembered.js'
import type { Cluster, ControlPlaneView } from '../../snapshot/snapshot.js'
import type { Workload } from '../../snapshot/workloads/workload.js'
import { gatewayServersAt } from './gateway-servers.js'
import { chainNames } from './chain-names.js'
import type { BoundServer } from './merged-servers.js'
import { isSecure, routingKind } from './servers-for.js'

export interface RefusedListener {
  readonly name: string
  readonly servers: readonly [BoundServer, BoundServer]
}

const passesOn = ({ server }: BoundServer): boolean => routingKind(server) === 'tls'

/** Undefined: it is taken. */
export const refusedListener = remembered(
  (view: ControlPlaneView, cluster: Cluster, workload: Workload, port: number): { readonly found: RefusedListener | undefined } => {
    const held = new Map<string, BoundServer>()
    for (const bound of gatewayServersAt(view, cluster, workload, port)) {
      if (!isSecure(bound.server) || bound.server.tlsMode === 'AUTO_PASSTHROUGH') continue
      for (const name of new Set(chainNames(view, workload.namespace, bound.gateway, bound.server))) {
        const other = held.get(name)
        // Of two servers that pass a name on istiod leaves the later block out.
        if (other !== undefined && !(passesOn(bound) && passesOn(other))) return { found: { name, servers: [other, bound] } }
        held.set(name, bound)
      }
    }
    return { found: undefined }
  },
)
