import { isOn } from '../../snapshot/flags.js'
import { hasFlagOfAmbientNetworks, spansAmbientNetworks } from '../../snapshot/releases.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import { servesAmbient } from './serves-ambient.js'

/**
 * Are ztunnels, waypoints and gateways told of other clusters, and taken to other networks in tunnels?
 *
 * By a flag, since 1.27. Of the releases before that had it already nothing is written down: UNKNOWN. Rule AMB-60.
 */
export function spansNetworks(view: ControlPlaneView): 'ON' | 'OFF' | 'UNKNOWN' {
  const { controlPlane } = view
  if (!isOn(controlPlane, 'AMBIENT_ENABLE_MULTI_NETWORK') || servesAmbient(view) === undefined) return 'OFF'
  if (spansAmbientNetworks(controlPlane)) return 'ON'
  return hasFlagOfAmbientNetworks(controlPlane) ? 'UNKNOWN' : 'OFF'
}
