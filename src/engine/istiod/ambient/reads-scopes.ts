import { tunnelsFromWaypoints } from '../../snapshot/releases.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import { spansNetworks } from './spans-networks.js'

/** Does the scope of services say which endpoints proxies are given, and not only what ztunnels are told (NET-45)? */
export const readsScopes = (view: ControlPlaneView): boolean => spansNetworks(view) === 'ON' && tunnelsFromWaypoints(view.controlPlane)
