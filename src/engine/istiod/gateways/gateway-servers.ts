import { isOn } from '../../snapshot/flags.js'
import type { Gateway, GatewayServer } from '../../resources/istio/gateway.js'
import type { Cluster, ControlPlaneView } from '../../snapshot/snapshot.js'
import type { Workload } from '../../snapshot/workloads/workload.js'
import { servicesSelecting, targetPortOf } from '../../snapshot/services/services-selecting.js'
import { selectorMatches } from '../../snapshot/selector-index.js'

export interface BoundServer {
  readonly gateway: Gateway
  readonly server: GatewayServer
  readonly position: number
}

/**
 * Servers of Gateway objects that listen at this port of the gateway's pod.
 *
 * A server's port is a Service port: the listener is at the target port of the first Service port of that number, else at the number
 * itself. Rules NET-30, TLS-13.
 */
export function gatewayServersAt(view: ControlPlaneView, cluster: Cluster, gateway: Workload, port: number): readonly BoundServer[] {
  const servicePorts = servicesSelecting(cluster, gateway).flatMap((service) => service.ports)
  const listenerOf = (number: number): number => {
    const declared = servicePorts.find((candidate) => candidate.number === number)
    return (declared === undefined ? undefined : targetPortOf(declared, gateway)) ?? number
  }
  const scoped = isOn(view.controlPlane, 'PILOT_SCOPE_GATEWAY_TO_NAMESPACE')
  const bound: BoundServer[] = []
  for (const [namespace, gateways] of view.configuration.gateways) {
    if (scoped && namespace !== gateway.namespace) continue
    for (const object of gateways) {
      if (!selectorMatches(object.selector, gateway.labels) || (object.ownNamespace === true && namespace !== gateway.namespace)) continue
      object.servers.forEach((server, position) => {
        if (listenerOf(server.port.number) === port) bound.push({ gateway: object, server, position })
      })
    }
  }
  return bound
}
