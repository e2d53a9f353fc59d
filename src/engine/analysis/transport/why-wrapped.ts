import { spansNetworks } from '../../istiod/ambient/spans-networks.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import type { NetworkPath } from '../call/stage-values.js'

/**
 * Why does ztunnel wrap what a captured pod sends? Undefined: it sends plaintext.
 *
 * Whatever takes tunnels gets one, and neither settings nor PeerAuthentications have a say; to another network it goes in a tunnel within a tunnel,
 * whatever stands behind. Of other clusters it knows whom it is told of. Rules AMB-2, AMB-11, AMB-24, AMB-31, AMB-60, AMB-65.
 */
export function whyWrapped(view: ControlPlaneView, { server, passage }: NetworkPath): string | undefined {
  if (passage?.gateway.tunnel !== undefined)
    return 'ztunnel wraps it for the server’s side, and once more for the gateway between the networks'
  const isKnown = server?.cluster === view.configCluster?.name || spansNetworks(view) === 'ON'
  if (server?.takesHbone !== true || !isKnown || server.hostNetwork) return undefined
  if (server.dataPlane === 'AMBIENT') return 'ztunnel wraps it for the ztunnel of the server'
  return server.dataPlane === 'WAYPOINT'
    ? 'ztunnel wraps it for the waypoint'
    : 'ztunnel tunnels to the server’s proxy, which takes tunnels'
}
