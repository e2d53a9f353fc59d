import type { ControlPlaneView } from '../../snapshot/snapshot.js'

/** Does any policy of a control plane tell equal instances apart? Hardly any does, so it is found out once for each view. */
const remember = (test: (view: ControlPlaneView) => boolean): ((view: ControlPlaneView) => boolean) => {
  const known = new WeakMap<ControlPlaneView, boolean>()
  return (view) => {
    const holds = known.get(view) ?? test(view)
    known.set(view, holds)
    return holds
  }
}

/** By their addresses: an AuthorizationPolicy may name them (AUTHZ-22). */
export const looksAtAddresses = remember(({ configuration }) =>
  [...configuration.authorizationPolicies.values()]
    .flat()
    .some(({ rules }) => rules.some(({ when }) => when.some(({ key }) => key === 'destination.ip'))),
)

/** Labels that an endpoint has from where it stands (MODEL-34), its cluster and network aside. */
const places = ['topology.kubernetes.io/region', 'topology.kubernetes.io/zone', 'topology.istio.io/subzone', 'kubernetes.io/hostname']

/** By where they stand: the client's automatic mode matches PeerAuthentications with the labels of endpoints (TLS-6). */
export const looksAtPlaces = remember(({ configuration }) =>
  [...configuration.peerAuthentications.values()]
    .flat()
    .some(({ selector }) => places.some((label) => selector !== undefined && label in selector)),
)
