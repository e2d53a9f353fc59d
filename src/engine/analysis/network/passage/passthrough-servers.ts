import { flatMap } from '../../../flat-map.js'
import type { ResourceRef } from '../../../model/resource-ref.js'
import type { GatewayPlace } from './gateway-place.js'
import { gatewayServersAt } from '../../../istiod/gateways/gateway-servers.js'
import { isTranslated } from '../../../istiod/gateways/is-translated.js'
import { shipsGlobalHosts } from '../../../snapshot/releases.js'
import { gatewayNameLabel, handsOn } from '../../../snapshot/networks/hands-on.js'

/** A gateway's server that hands mutual TLS on by SNI, and the hosts it does it for. */
export interface PassthroughServer {
  readonly hosts: readonly string[]
  readonly ref: ResourceRef
}

/** `namespace/host` limits who may bind, not what is handed on (NET-31). */
const withoutNamespace = (host: string): string => host.slice(host.indexOf('/') + 1)

/**
 * Servers with `AUTO_PASSTHROUGH` on the port of the gateway's pod. Rule NET-30.
 *
 * Old releases installed one for `*.global` on 15443 of the ingress gateway with every multicluster profile (DNS-30).
 */
export function passthroughServers(place: GatewayPlace): readonly PassthroughServer[] {
  const { view, cluster, proxy, port } = place
  const istio = gatewayServersAt(view, cluster, proxy, port)
    .filter(({ server }) => server.tlsMode === 'AUTO_PASSTHROUGH')
    .map(({ gateway, server, position }) => ({
      hosts: server.hosts.map(withoutNamespace),
      ref: view.ref(gateway.meta, `spec.servers[${position}]`),
    }))
  const declared = [...istio, ...kubernetesServers(place)]
  return declared.length === 0 && port === 15443 && shipsGlobalHosts(view.controlPlane)
    ? [{ hosts: ['*.global'], ref: proxy.ref }]
    : declared
}

/** Listeners of the Gateway API's Gateway that these pods were made for. */
function kubernetesServers({ view, proxy, port }: GatewayPlace): readonly PassthroughServer[] {
  const name = proxy.labels[gatewayNameLabel]
  const gateways = name === undefined ? [] : (view.configCluster?.resources.kubernetesGateways.get(proxy.namespace) ?? [])
  return flatMap(gateways, (gateway) =>
    gateway.meta.name !== name || isTranslated(view, gateway.meta)
      ? []
      : flatMap(gateway.listeners, (listener, position) =>
          listener.port === port && handsOn(gateway.meta, listener)
            ? [{ hosts: [listener.hostname ?? '*'], ref: view.ref(gateway.meta, `spec.listeners[${position}]`) }]
            : [],
        ),
  )
}
