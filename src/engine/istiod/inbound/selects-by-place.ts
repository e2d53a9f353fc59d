import { remembered } from '../../remembered.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'

/** Labels that an endpoint has from where it stands (MODEL-34), its cluster and network aside. */
const places = ['topology.kubernetes.io/region', 'topology.kubernetes.io/zone', 'topology.istio.io/subzone', 'kubernetes.io/hostname']

/** Does any PeerAuthentication of a control plane select endpoints by where they stand (TLS-6)? Hardly any does. */
export const selectsByPlace = remembered(({ configuration }: ControlPlaneView): boolean =>
  [...configuration.peerAuthentications.values()]
    .flat()
    .some(({ selector }) => places.some((label) => selector !== undefined && label in selector)),
)
