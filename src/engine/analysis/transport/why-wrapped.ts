import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import type { NetworkPath } from '../call/stage-values.js'

/**
 * Why does ztunnel wrap what a captured pod sends? Undefined: it sends plaintext.
 *
 * Whatever takes tunnels gets one, and neither settings nor PeerAuthentications have a say. It knows nobody in other clusters than the one that its
 * control plane is configured by. Rules AMB-2, AMB-11, AMB-24, AMB-31, AMB-60.
 */
export function whyWrapped(view: ControlPlaneView, { server }: NetworkPath): string | undefined {
  if (server?.takesHbone !== true || server.cluster !== view.configCluster?.name || server.hostNetwork) return undefined
  if (server.dataPlane === 'AMBIENT') return 'ztunnel wraps it for the ztunnel of the server'
  return server.dataPlane === 'WAYPOINT'
    ? 'ztunnel wraps it for the waypoint'
    : 'ztunnel tunnels to the server’s proxy, which takes tunnels'
}
