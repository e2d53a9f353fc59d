import type { ProxyAnswer } from '../model/proxy-config.js'
import { mutualTlsMode } from '../istiod/inbound/mutual-tls-mode.js'
import { selectSidecar } from '../istiod/scope/select-sidecar.js'
import { servicesSelecting, targetPortOf } from '../snapshot/services/services-selecting.js'
import type { Cluster, ControlPlaneView } from '../snapshot/snapshot.js'
import type { Workload } from '../snapshot/workloads/workload.js'

/**
 * What the workload's own proxy takes, by port: those that Services lead to, that its containers declare, that its Sidecar opens or that
 * its PeerAuthentication names. `*` stands for all other ports, which the proxy takes as well (TLS-1 … TLS-3).
 */
export const inboundModes = (view: ControlPlaneView, cluster: Cluster, workload: Workload): ProxyAnswer['inbound'] => {
  const { namespace, labels } = workload
  const ports = new Set([
    ...servicesSelecting(cluster, workload).flatMap((service) => service.ports.flatMap((port) => targetPortOf(port, workload) ?? [])),
    ...workload.containerPorts.map(({ number }) => number),
    ...(selectSidecar(view, namespace, labels)?.ingress ?? []).map(({ port }) => port),
    ...portsWithMode(view, namespace),
  ])
  const modes: Record<string, ProxyAnswer['inbound'][string]> = {}
  for (const port of [...ports].sort((a, b) => a - b)) modes[port] = mutualTlsMode(view, namespace, labels, port).mode
  modes['*'] = mutualTlsMode(view, namespace, labels, 0).mode
  return modes
}

const portsWithMode = (view: ControlPlaneView, namespace: string): readonly number[] =>
  (view.configuration.peerAuthentications.get(namespace) ?? []).flatMap(({ portModes }) => Object.keys(portModes).map(Number))
