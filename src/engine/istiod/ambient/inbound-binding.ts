/**
 * Does a waypoint hand what comes in by tunnel on to a gateway in its pods?
 *
 * An annotation of the Gateway, else of its class, says so and to which port; its listener is the one of that port, or protocol. Rule AMB-57.
 */
import type { ApiListener } from '../../resources/kubernetes/api-listener.js'
import type { KubernetesGateway } from '../../resources/kubernetes/kubernetes-gateway.js'
import type { Cluster } from '../../snapshot/snapshot.js'

const key = 'ambient.istio.io/waypoint-inbound-binding'
/** Of the listener that takes what the pod's ztunnel hands on. */
const sandwichProtocol = 'istio.io/PROXY'

export interface InboundBinding {
  readonly protocol: 'NONE' | 'PROXY'
  /** 0: the Service says. */
  readonly port: number
}

export function inboundBinding({ resources }: Cluster, { meta, className }: KubernetesGateway): InboundBinding | undefined {
  const text = meta.annotations[key] ?? resources.gatewayClasses.get(className)?.meta.annotations[key]
  const [protocol, port = '0', ...more] = text?.split('/') ?? []
  if ((protocol !== 'NONE' && protocol !== 'PROXY') || more.length > 0) return undefined
  return { protocol, port: /^\d{1,10}$/u.test(port) ? Number(port) : 0 }
}

/** The listener that is bound; undefined: there is none, and the one for tunnels counts. */
export function boundListener(cluster: Cluster, gateway: KubernetesGateway): ApiListener | undefined {
  const binding = inboundBinding(cluster, gateway)
  if (binding === undefined) return undefined
  if (binding.port !== 0) return gateway.listeners.find(({ port }) => port === binding.port)
  return binding.protocol === 'PROXY' ? gateway.listeners.find(({ protocol }) => protocol === sandwichProtocol) : undefined
}
