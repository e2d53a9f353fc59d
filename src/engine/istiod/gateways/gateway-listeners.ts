import type { ResourceRef } from '../../model/resource-ref.js'
import type { ApiListener } from '../../resources/kubernetes/api-listener.js'
import type { GatewayServer } from '../../resources/istio/gateway.js'
import type { Cluster, ControlPlaneView } from '../../snapshot/snapshot.js'
import type { Workload } from '../../snapshot/workloads/workload.js'
import { gatewayServersAt } from './gateway-servers.js'
import { hostsOf } from './servers-for.js'
import { isTranslated } from './is-translated.js'
import { gatewayNameLabel } from '../../snapshot/networks/hands-on.js'

/** What listens at a gateway's port, whichever kind of Gateway object asked for it. */
export interface GatewayListener {
  /** Undefined: plaintext. */
  readonly tlsMode: GatewayServer['tlsMode']
  /** Names that a client's certificate must have one of (TLS-13); empty: any. */
  readonly subjectAltNames: readonly string[]
  /** Names that TLS has to ask for; undefined: not followed. */
  readonly hosts?: readonly string[]
  readonly ref: ResourceRef
}

function tlsModeOf({ protocol, tls }: ApiListener): GatewayServer['tlsMode'] {
  if (protocol !== 'HTTPS' && protocol !== 'TLS') return undefined
  if (tls?.mode === 'Passthrough') return 'PASSTHROUGH'
  const stated = tls?.options['gateway.istio.io/tls-terminate-mode']
  return stated === 'MUTUAL' || stated === 'ISTIO_MUTUAL' || stated === 'OPTIONAL_MUTUAL' ? stated : 'SIMPLE'
}

/** Listeners of Istio's and of the Gateway API's Gateways at this port of the gateway's pod. Rule TLS-13. */
export function gatewayListeners(view: ControlPlaneView, cluster: Cluster, gateway: Workload, port: number): readonly GatewayListener[] {
  const opened = gatewayServersAt(view, cluster, gateway, port).map(({ gateway: object, server, position }) => ({
    tlsMode: server.tlsMode,
    subjectAltNames: server.subjectAltNames,
    hosts: hostsOf(server),
    ref: view.ref(object.meta, `spec.servers[${position}]`),
  }))
  const name = gateway.labels[gatewayNameLabel]
  const objects = name === undefined ? [] : (view.configCluster?.resources.kubernetesGateways.get(gateway.namespace) ?? [])
  // What a control plane makes of a Gateway of its class is among the servers.
  const others = objects.filter(({ meta }) => meta.name === name && !isTranslated(view, meta))
  const kubernetes = others.flatMap((object) =>
    object.listeners.flatMap((listener, position) =>
      listener.port === port
        ? [{ tlsMode: tlsModeOf(listener), subjectAltNames: [], ref: view.ref(object.meta, `spec.listeners[${position}]`) }]
        : [],
    ),
  )
  return [...opened, ...kubernetes]
}
