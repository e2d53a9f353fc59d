import type { Cluster, ControlPlane } from '../../snapshot.js'
import type { Derived } from './derived.js'
import { fromGatewayApi } from './from-gateway-api.js'
import { fromIngresses } from './from-ingresses.js'

/** Everything that a control plane makes of other objects of its config cluster. */
export function derivedFrom(cluster: Cluster, controlPlane: ControlPlane, selects: (namespace: string) => boolean): Derived {
  const parts = [fromIngresses(cluster, controlPlane, selects), fromGatewayApi(cluster, controlPlane, selects)]
  return {
    gateways: parts.flatMap(({ gateways }) => gateways),
    virtualServices: parts.flatMap(({ virtualServices }) => virtualServices),
  }
}
