/**
 * Entrances that Services open: load balancers, external addresses and node ports that lead to a gateway's pods.
 *
 * Where a cluster is only declared and a Service's pods are not given, a Gateway object that selects the Service's own labels says that it is a
 * gateway's. Rules NET-7, ROUTE-12, GW-2, GW-3.
 */
import { selectorMatches } from '../../snapshot/selector-index.js'
import type { Meta } from '../../resources/meta.js'
import type { Service, ServicePort } from '../../resources/kubernetes/service.js'
import { clusterEndpoints } from '../../istiod/endpoints/endpoints-of.js'
import { gatewaysSelecting } from '../../istiod/gateways/gateways-selecting.js'
import { shippedGateway } from '../../istiod/gateways/shipped-gateway.js'
import { remembered } from '../../remembered.js'
import type { Cluster, Snapshot } from '../../snapshot/snapshot.js'
import { assumedGateway } from '../../snapshot/workloads/assumed-gateway.js'
import type { Workload } from '../../snapshot/workloads/workload.js'
import { type DistinctCaller, distinctCallers } from '../likeness/distinct-callers.js'
import { viewOf } from '../network/passage/gateway-place.js'
import type { Entrance } from './entrance.js'
import { exposuresOf } from './exposure-of.js'

interface Behind {
  readonly proxy: DistinctCaller
  readonly podPort: number
  readonly assumed: boolean
}

/** Every entrance of the cluster's Services, the closed ones too. */
export function serviceEntrances(snapshot: Snapshot, cluster: Cluster): readonly Entrance[] {
  return [...cluster.resources.services.values()].flat().flatMap((service) => {
    if (service.type === 'ExternalName' || service.selector === undefined) return []
    return service.ports.flatMap((port) => (port.protocol === 'UDP' ? [] : entrancesAt(snapshot, cluster, service, port)))
  })
}

function entrancesAt(snapshot: Snapshot, cluster: Cluster, service: Service, port: ServicePort): readonly Entrance[] {
  const behind = gatewaysBehind(snapshot, cluster, service, port)
  if (behind.length === 0) return []
  const exposed = exposuresOf(snapshot, cluster, service, port)
  return behind.flatMap(({ proxy, podPort, assumed }): readonly Entrance[] => {
    const view = viewOf(snapshot, proxy.workload, cluster)
    if (view === undefined) return []
    const because = [cluster.ref(service.meta)]
    const assumptions = [
      ...(assumed ? [podsAssumed(cluster, service, view.controlPlane.name)] : []),
      ...(service.madeFor === undefined ? [] : [deploymentAssumed(cluster, service, service.madeFor)]),
    ]
    const entrance = { cluster, view, proxy, service, port: port.number, podPort, because, assumptions }
    if ('reason' in exposed) return [{ ...entrance, addresses: [], closed: exposed }]
    return exposed.map((one) => ({
      ...entrance,
      ...one,
      assumptions: [...assumptions, ...one.assumptions],
    }))
  })
}

const podsAssumed = (cluster: Cluster, { meta }: Service, controlPlane: string): Entrance['assumptions'][number] => ({
  code: 'GATEWAY_WORKLOAD_ASSUMED',
  message: `the pods behind Service \`${meta.namespace}/${meta.name}\` of \`${cluster.name}\` are not given; they are taken to be a gateway’s, configured by control plane \`${controlPlane}\``,
  because: [cluster.ref(meta)],
})

const deploymentAssumed = (cluster: Cluster, { meta }: Service, gateway: Meta): Entrance['assumptions'][number] => ({
  code: 'GATEWAY_WORKLOAD_ASSUMED',
  message: `no object of \`${cluster.name}\` shows what runs for Gateway \`${gateway.namespace}/${gateway.name}\`: istiod is taken to run Service and Deployment \`${meta.namespace}/${meta.name}\` for it`,
  because: [cluster.ref(gateway)],
})

/** Few namespaces have any: the endpoints of all other Services need not be looked at. */
const hasGateways = remembered((cluster: Cluster, namespace: string): boolean =>
  cluster.workloads(namespace).some(({ dataPlane }) => dataPlane === 'GATEWAY'),
)

/** Gateway proxies that the port leads to; not ready ones take no traffic. */
function gatewaysBehind(snapshot: Snapshot, cluster: Cluster, service: Service, port: ServicePort): readonly Behind[] {
  const { namespace, name } = service.meta
  if (!hasGateways(cluster, namespace)) {
    const unlisted = unlistedBehind(snapshot, cluster, service, port)
    return unlisted.length > 0 && clusterEndpoints(cluster, namespace, name).length > 0 ? [] : unlisted
  }
  const all = clusterEndpoints(cluster, namespace, name)
  if (all.length === 0) return unlistedBehind(snapshot, cluster, service, port)
  const byPort = new Map<number, Workload[]>()
  for (const { workload, portName, health, port: podPort } of all) {
    if (workload?.dataPlane !== 'GATEWAY' || portName !== port.name || health !== 'HEALTHY') continue
    byPort.set(podPort, [...(byPort.get(podPort) ?? []), workload])
  }
  return [...byPort].flatMap(([podPort, workloads]) =>
    distinctCallers(snapshot, workloads).map((proxy) => ({ proxy, podPort, assumed: false })),
  )
}

function unlistedBehind(snapshot: Snapshot, cluster: Cluster, service: Service, port: ServicePort): readonly Behind[] {
  if (cluster.observed) return []
  const view = viewOf(snapshot, undefined, cluster)
  const { selector: labels = {}, meta } = service
  if (view === undefined) return []
  const selecting = gatewaysSelecting(view, { labels, namespace: meta.namespace }).filter(
    ({ selector }) => Object.keys(selector).length > 0,
  )
  // Few are selected by a Gateway: of these alone it is asked whether their pods are given.
  if (selecting.length === 0 || cluster.workloads(meta.namespace).some((workload) => selectorMatches(labels, workload.labels))) return []
  const account = shippedGateway(labels)?.serviceAccount
  const unlisted = { namespace: meta.namespace, name: meta.name, labels, because: [cluster.ref(meta)] }
  const workload = assumedGateway(cluster, view, account === undefined ? unlisted : { ...unlisted, serviceAccount: account })
  const podPort = typeof port.targetPort === 'number' ? port.targetPort : port.number
  return [{ proxy: { workload, alike: [workload], addresses: [] }, podPort, assumed: true }]
}
