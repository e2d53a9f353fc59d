/**
 * Which gateway proxies stand behind a gateway's address, and which control plane configures them?
 *
 * Objects first: the Service at the address and the pods it selects. Where the document only states the address, the Gateway objects of that
 * cluster's control plane are taken to select the pods that nobody listed. Rules FLOW-2, NET-6, NET-7, NET-30.
 */
import type { ResourceRef } from '../model/resource-ref.js'
import type { Assumption } from '../model/step.js'
import type { Service } from '../resources/service.js'
import type { ControlPlaneView } from '../snapshot/control-plane-view.js'
import type { Cluster, Snapshot } from '../snapshot/snapshot.js'
import type { Workload } from '../snapshot/workload.js'
import type { ServiceArrival } from './arrival.js'

/** Where TLS arrives: a gateway proxy, the port it listens on, and the view of its control plane. */
export interface GatewayPlace {
  readonly cluster: Cluster
  readonly view: ControlPlaneView
  readonly proxy: Workload
  readonly port: number
  readonly because: readonly ResourceRef[]
  readonly assumptions: readonly Assumption[]
}

/** The control plane of a proxy: its own, else the one that serves its cluster by default. */
export function viewOf(snapshot: Snapshot, proxy: Workload | undefined, cluster: Cluster): ControlPlaneView | undefined {
  const name = proxy?.controlPlane ?? cluster.managedBy[0]
  return name !== undefined && snapshot.controlPlanes.has(name) ? snapshot.view(name) : undefined
}

/** The first gateway proxy behind the Service; undefined when its instances are something else, or there are none. */
export function placeBehind(snapshot: Snapshot, arrival: ServiceArrival): GatewayPlace | undefined {
  const { cluster, service } = arrival
  const endpoint = arrival.endpoints.find(({ workload }) => workload?.dataPlane === 'GATEWAY')
  const proxy = endpoint?.workload
  const view = proxy === undefined ? undefined : viewOf(snapshot, proxy, cluster)
  if (endpoint === undefined || proxy === undefined || view === undefined) return undefined
  return { cluster, view, proxy, port: endpoint.port, because: [cluster.ref(service.meta)], assumptions: [] }
}

/** A gateway whose pods are not given: its Service's selector stands in for their labels, or nothing does. */
export function assumedPlace(
  snapshot: Snapshot,
  cluster: Cluster,
  port: number,
  service: Service | undefined,
  address: string,
): GatewayPlace | undefined {
  const view = viewOf(snapshot, undefined, cluster)
  if (view === undefined) return undefined
  const labels = service?.selector ?? onlySelector(view, port)
  if (labels === undefined) return undefined
  const because = service === undefined ? [] : [cluster.ref(service.meta)]
  const namespace = service?.meta.namespace ?? view.controlPlane.systemNamespace
  const name = service?.meta.name ?? `gateway at ${address}`
  const target = service?.ports.find(({ number }) => number === port)?.targetPort
  const message = `the pods of the gateway at \`${address}\` in \`${cluster.name}\` are not given; they are taken to run, configured by control plane \`${view.controlPlane.name}\``
  return {
    cluster,
    view,
    proxy: assumedProxy(cluster, view, namespace, name, labels),
    port: typeof target === 'number' ? target : port,
    because,
    assumptions: [{ code: 'GATEWAY_WORKLOAD_ASSUMED', message, because: [...because] }],
  }
}

/** Labels by which some Gateway object hands TLS on at this port; undefined when none does. */
function onlySelector(view: ControlPlaneView, port: number): Workload['labels'] | undefined {
  for (const gateways of view.configuration.gateways.values()) {
    for (const gateway of gateways) {
      if (gateway.servers.some((server) => server.tlsMode === 'AUTO_PASSTHROUGH' && server.port.number === port)) return gateway.selector
    }
  }
  return undefined
}

function assumedProxy(cluster: Cluster, view: ControlPlaneView, namespace: string, name: string, labels: Workload['labels']): Workload {
  const network = cluster.network.value ?? ''
  const meta = { kind: 'Deployment', namespace, name, labels, annotations: {}, createdAt: 0, index: -1 }
  return {
    cluster: cluster.name,
    namespace,
    name,
    owner: { kind: 'Deployment', name },
    labels,
    annotations: {},
    serviceAccount: name,
    ips: [],
    ready: true,
    synthesised: true,
    containerPorts: [],
    dataPlane: 'GATEWAY',
    revision: view.controlPlane.revision,
    controlPlane: view.controlPlane.name,
    proxyNetwork: network,
    networkLabel: network,
    requestedNetworks: [],
    locality: { region: cluster.region, zone: cluster.zone, subzone: '' },
    tlsMode: 'disabled',
    dnsCapture: false,
    ref: cluster.ref(meta),
    meta,
  }
}
