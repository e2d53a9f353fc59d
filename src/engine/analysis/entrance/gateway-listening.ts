/**
 * Does a Gateway of the Gateway API take the host? Its routes are not followed, so that what becomes of the call is left open (ROUTE-27, GW-8).
 */
import { covers } from '../../snapshot/covers.js'
import type { Cluster, Snapshot } from '../../snapshot/snapshot.js'
import { handsOn } from '../../snapshot/networks/hands-on.js'
import type { ApiListener } from '../../resources/kubernetes/api-listener.js'
import { controllerOf } from '../../snapshot/control-planes/derived/gateway-api/gateway-controller.js'
import { isTranslated } from '../../istiod/gateways/is-translated.js'
import type { KubernetesGateway } from '../../resources/kubernetes/kubernetes-gateway.js'
import { endedWith, type Outcome, stepOf } from '../call/outcome.js'

/** Classes that istiod serves itself. */
const ownClasses: ReadonlySet<string> = new Set(['istio', 'istio-remote'])

export function gatewayListening(snapshot: Snapshot, hostname: string, asked: number | undefined): Outcome<never> | undefined {
  for (const cluster of snapshot.clusters.values()) {
    for (const gateway of [...cluster.resources.kubernetesGateways.values()].flat()) {
      if (isFollowed(snapshot, cluster, gateway)) continue
      const taking = gateway.listeners.findIndex((listener) => isTaking(gateway, listener, hostname, asked))
      if (taking >= 0) return notFollowed(cluster, gateway, hostname, taking)
    }
  }
  return undefined
}

/** A control plane has made a Gateway of it, whose servers answer for it (GW-10). */
const isFollowed = ({ controlPlanes, view }: Snapshot, cluster: Cluster, { meta, className }: KubernetesGateway): boolean =>
  [...controlPlanes.keys()].some((name) => {
    const own = view(name)
    if (own.configCluster !== cluster) return false
    return isTranslated(own, meta) || controllerOf(cluster.resources, own.controlPlane, className) === 'GATEWAY'
  })

const isTaking = (gateway: KubernetesGateway, listener: ApiListener, hostname: string, asked: number | undefined): boolean =>
  !handsOn(gateway.meta, listener) &&
  (asked === undefined || listener.port === asked) &&
  (listener.hostname === undefined || covers(listener.hostname.toLowerCase(), hostname))

function notFollowed(cluster: Cluster, { meta, className }: KubernetesGateway, hostname: string, position: number): Outcome<never> {
  const whose = ownClasses.has(className)
    ? 'the routes of the Gateway API that are attached to it are'
    : `what a gateway of class \`${className}\` does is`
  const message = `Gateway \`${meta.namespace}/${meta.name}\` of \`${cluster.name}\` takes \`${hostname}\`, and ${whose} not followed`
  const because = [cluster.ref(meta, `spec.listeners[${position}]`)]
  return endedWith(stepOf('ROUTE', 'UNDETERMINED', { reason: 'NOT_FOLLOWED', message, because }), 'UNDETERMINED', [])
}
