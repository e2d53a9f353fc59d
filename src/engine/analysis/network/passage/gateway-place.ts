/**
 * Which gateway proxies stand behind a gateway's address, and which control plane configures them?
 *
 * Objects first: the Service at the address and the pods it selects. Where the document only states the address, the Gateway objects of that
 * cluster's control plane are taken to select the pods that nobody listed. Rules FLOW-2, NET-6, NET-7, NET-30.
 */
import type { ResourceRef } from '../../../model/resource-ref.js'
import type { Assumption } from '../../../model/step.js'
import type { Service } from '../../../resources/kubernetes/service.js'
import type { Cluster, ControlPlaneView, Snapshot } from '../../../snapshot/snapshot.js'
import { assumedGateway, type UnlistedGateway } from '../../../snapshot/workloads/assumed-gateway.js'
import type { Workload } from '../../../snapshot/workloads/workload.js'
import type { ServiceArrival } from '../../packets/arrive-at.js'
import { gatewayNameLabel, handsOn } from '../../../snapshot/networks/hands-on.js'
import { shipsGlobalHosts } from '../../../snapshot/releases.js'
import { remembered } from '../../../remembered.js'

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
  return endpoint === undefined || proxy === undefined || view === undefined
    ? undefined
    : placeOf(view, cluster, service, proxy, endpoint.port)
}

/** One place for all who come to it, so that what is found behind it can be remembered. */
const placeOf = remembered(
  (view: ControlPlaneView, cluster: Cluster, service: Service, proxy: Workload, port: number): GatewayPlace => ({
    cluster,
    view,
    proxy,
    port,
    because: [cluster.ref(service.meta)],
    assumptions: [],
  }),
)

/** A gateway of which only an address, or a Service without pods, is given. */
export interface BareGateway {
  readonly cluster: Cluster
  readonly port: number
  readonly address: string
  readonly service?: Service
  /** A stated federation says that it is there. */
  readonly federated?: boolean
}

/** A gateway whose pods are not given: its Service's selector stands in for their labels, or else the one Gateway object that fits. */
export function assumedPlace(snapshot: Snapshot, { cluster, port, address, service, federated }: BareGateway): GatewayPlace | undefined {
  const view = viewOf(snapshot, undefined, cluster)
  return (view && assumePlace(view, cluster, port, address, service, federated === true)) ?? undefined
}

/** Null where no pods can be assumed, so that they are not looked for again. */
const assumePlace = remembered(
  (
    view: ControlPlaneView,
    cluster: Cluster,
    port: number,
    address: string,
    service: Service | undefined,
    federated: boolean,
  ): GatewayPlace | null => {
    const pods = podsOf(view, { cluster, port, service, federated })
    if (pods === undefined) return null
    const target = service?.ports.find(({ number }) => number === port)?.targetPort
    const message = `the pods of the gateway at \`${address}\` in \`${cluster.name}\` are not given; they are taken to run, configured by control plane \`${view.controlPlane.name}\``
    return {
      cluster,
      view,
      proxy: assumedGateway(cluster, view, pods),
      port: typeof target === 'number' ? target : port,
      because: pods.because,
      assumptions: [{ code: 'GATEWAY_WORKLOAD_ASSUMED', message, because: [...pods.because] }],
    }
  },
)

interface Unlisted {
  readonly cluster: Cluster
  readonly port: number
  readonly service: Service | undefined
  readonly federated: boolean
}

/** By the Service's selector, else by the Gateway object that hands TLS on at this port. */
function podsOf(view: ControlPlaneView, { cluster, port, service, federated }: Unlisted): UnlistedGateway | undefined {
  if (service?.selector !== undefined) {
    return { namespace: service.meta.namespace, name: service.meta.name, labels: service.selector, because: [cluster.ref(service.meta)] }
  }
  for (const gateways of view.configuration.gateways.values()) {
    for (const { meta, selector, servers } of gateways) {
      if (!servers.some((server) => server.tlsMode === 'AUTO_PASSTHROUGH' && server.port.number === port)) continue
      return { namespace: meta.namespace, name: meta.name, labels: selector, because: [view.ref(meta)] }
    }
  }
  return (
    kubernetesPods(view, port) ?? (federated || (port === 15443 && shipsGlobalHosts(view.controlPlane)) ? shippedPods(view) : undefined)
  )
}

/** The ingress gateway, which old releases gave a server of its own, and where a stated federation needs nothing else. */
function shippedPods({ controlPlane }: ControlPlaneView): UnlistedGateway {
  const labels = { istio: 'ingressgateway' }
  return { namespace: controlPlane.systemNamespace, name: 'istio-ingressgateway', labels, because: [controlPlane.ref] }
}

/** A Gateway of the Gateway API whose pods istiod makes itself: they carry its name. */
function kubernetesPods(view: ControlPlaneView, port: number): UnlistedGateway | undefined {
  for (const gateways of view.configCluster?.resources.kubernetesGateways.values() ?? []) {
    const gateway = gateways.find((one) => one.listeners.some((listener) => listener.port === port && handsOn(one.meta, listener)))
    if (gateway === undefined) continue
    const { namespace, name } = gateway.meta
    return { namespace, name, labels: { [gatewayNameLabel]: name }, because: [view.ref(gateway.meta)] }
  }
  return undefined
}
