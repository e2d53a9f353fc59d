import type { Cluster, ControlPlane } from '../../snapshot.js'
import type { Derived } from './derived.js'
import { type FromGatewayApi, fromGatewayApi } from './gateway-api/from-gateway-api.js'
import { fromIngresses } from './from-ingresses.js'

/** Everything that a control plane makes of other objects of its config cluster, and what became of routes of the Gateway API. */
export function derivedFrom(
  cluster: Cluster,
  controlPlane: ControlPlane,
  selects: (namespace: string) => boolean,
): Derived & Pick<FromGatewayApi, 'fates' | 'closedListeners'> {
  const { fates, closedListeners, ...ofApi } = fromGatewayApi(cluster, controlPlane, selects)
  const ofIngresses = fromIngresses(cluster, controlPlane, selects)
  return {
    gateways: [...ofIngresses.gateways, ...ofApi.gateways],
    virtualServices: [...ofIngresses.virtualServices, ...ofApi.virtualServices],
    destinationRules: ofApi.destinationRules,
    fates,
    closedListeners,
  }
}
