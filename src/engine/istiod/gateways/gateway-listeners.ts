import type { ResourceRef } from '../../model/resource-ref.js'
import type { KubernetesGateway } from '../../resources/kubernetes/kubernetes-gateway.js'
import type { GatewayServer } from '../../resources/istio/gateway.js'
import type { Cluster, ControlPlaneView } from '../../snapshot/snapshot.js'
import type { Workload } from '../../snapshot/workloads/workload.js'
import { gatewayServersAt } from './gateway-servers.js'
import { gatewayNameLabel } from './hands-on.js'

/** What listens at a gateway's port, whichever kind of Gateway object asked for it. */
export interface GatewayListener {
  /** Undefined: plaintext. */
  readonly tlsMode: GatewayServer['tlsMode']
  /** Names that a client's certificate must have one of (TLS-13); empty: any. */
  readonly subjectAltNames: readonly string[]
  readonly ref: ResourceRef
}

type Listener = KubernetesGateway['listeners'][number]

function tlsModeOf({ protocol, tls }: Listener): GatewayServer['tlsMode'] {
  if (protocol !== 'HTTPS' && protocol !== 'TLS') return undefined
  if (tls?.mode === 'Passthrough') return 'PASSTHROUGH'
  const stated = tls?.options['gateway.istio.io/tls-terminate-mode']
  return stated === 'MUTUAL' || stated === 'ISTIO_MUTUAL' || stated === 'OPTIONAL_MUTUAL' ? stated : 'SIMPLE'
}

/** Listeners of Istio's and of the Gateway API's Gateways at this port of the gateway's pod. Rule TLS-13. */
export function gatewayListeners(view: ControlPlaneView, cluster: Cluster, gateway: Workload, port: number): readonly GatewayListener[] {
  // What a control plane makes of a Gateway of the Gateway API is listed with that itself.
  const stated = gatewayServersAt(view, cluster, gateway, port).filter(({ gateway: object }) => object.ownNamespace !== true)
  const istio = stated.map(({ gateway: object, server, position }) => ({
    tlsMode: server.tlsMode,
    subjectAltNames: server.subjectAltNames,
    ref: view.ref(object.meta, `spec.servers[${position}]`),
  }))
  const name = gateway.labels[gatewayNameLabel]
  const objects = name === undefined ? [] : (view.configCluster?.resources.kubernetesGateways.get(gateway.namespace) ?? [])
  const kubernetes = objects.flatMap((object) =>
    object.meta.name !== name
      ? []
      : object.listeners.flatMap((listener, position) =>
          listener.port === port
            ? [{ tlsMode: tlsModeOf(listener), subjectAltNames: [], ref: view.ref(object.meta, `spec.listeners[${position}]`) }]
            : [],
        ),
  )
  return [...istio, ...kubernetes]
}
