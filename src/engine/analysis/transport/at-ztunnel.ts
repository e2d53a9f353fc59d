/**
 * Does the ztunnel of a captured pod take what arrives?
 *
 * Tunnels always, plaintext unless the mode is STRICT, and never what is addressed to its own ports. What the pod keeps away from it, and what comes
 * from the pod's own node, it does not see: neither modes nor policies apply then. Rules AMB-3, AMB-19, AMB-34, AMB-35, AMB-56, TLS-16.
 */
import { ambientAssumptions, servesAmbient } from '../../istiod/ambient/serves-ambient.js'
import { ztunnelMode } from '../../istiod/ambient/ztunnel-mode.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import { isPending } from '../../snapshot/workloads/enrolled.js'
import type { Workload } from '../../snapshot/workloads/workload.js'
import type { Said } from '../call/outcome.js'
import type { Sent } from './client-transport.js'
import type { Receiver } from './receiver.js'

/** What ztunnel listens on itself. */
const ownPorts: ReadonlySet<number> = new Set([15001, 15006, 15008])

const bypassKey = 'ambient.istio.io/bypass-inbound-capture'

export interface AtZtunnel {
  readonly view: ControlPlaneView
  readonly server: Workload
  readonly port: number
}

/** Where ztunnel does not get to see the connection, the application takes it (AMB-56). */
export const bypassesZtunnel = ({ annotations }: Workload, { tunnel }: Sent): boolean =>
  tunnel === undefined && annotations[bypassKey] === 'true'

/** What nobody can say of the server's ztunnel. */
export function whyUnknownAtZtunnel({ view, server }: Pick<AtZtunnel, 'view' | 'server'>): string | undefined {
  if (isPending(server))
    return `the capture of \`${server.name}\` by ztunnel is under way and not done: what it takes until then is not known`
  if (servesAmbient(view) !== undefined) return undefined
  return `\`${server.owner.name}\` is captured by ztunnel, which control plane \`${view.controlPlane.name}\` tells nothing, as it runs without ambient mode (\`PILOT_ENABLE_AMBIENT\`)`
}

export const refusedByZtunnel = ({ server, port }: Pick<AtZtunnel, 'server' | 'port'>): Said | undefined =>
  ownPorts.has(port)
    ? {
        reason: 'NOT_LISTENING',
        message: `port ${port} is ztunnel's own, which refuses calls that are addressed to it`,
        because: [server.ref],
      }
    : undefined

export function receiverAtZtunnel({ view, server, port }: AtZtunnel): Receiver {
  const { mode, because } = ztunnelMode(view, server, port)
  const [policy] = because
  const by =
    policy === undefined
      ? 'no PeerAuthentication says otherwise'
      : `PeerAuthentication \`${policy.namespace}/${policy.name}\` sets \`${mode}\` there`
  const strict = mode === 'STRICT'
  return {
    expected: strict ? 'STRICT' : 'PERMISSIVE',
    // ztunnel sees connections, whatever is spoken on them.
    protocol: 'TCP',
    message: strict ? `its ztunnel closes connections without an identity (${by})` : `its ztunnel takes both tunnels and plaintext (${by})`,
    because: because.length > 0 ? because : [server.ref],
    assumptions: ambientAssumptions(view),
  }
}
