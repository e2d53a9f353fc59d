/**
 * Does a path get to a server: by the address itself if packets are routed there, or through the gateway that it leads to?
 *
 * A gateway is found behind whatever the client dials: a network's gateway, or a bare address in a ServiceEntry. One that hands TLS on is passed
 * through to each endpoint behind it; any other is itself the server. Rules NET-10, NET-30 … NET-38, ROUTE-13, DNS-30 … DNS-32, AMB-65.
 */
import { flatMap } from '../../../flat-map.js'
import type { ResourceRef } from '../../../model/resource-ref.js'
import type { Assumption } from '../../../model/step.js'
import type { NetworkGateway } from '../../../snapshot/networks/network-gateway.js'
import type { ControlPlaneView, Snapshot } from '../../../snapshot/snapshot.js'
import { isMachine, type Workload } from '../../../snapshot/workloads/workload.js'
import { statedGatewayAt } from '../../packets/holders-of.js'
import type { Approach, Paths } from './approach.js'
import { type Arrival, arriveAt, arriveAtService, serviceInstead, standingFor } from '../../packets/arrive-at.js'
import type { Client } from '../../call/call.js'
import { findService } from '../../../snapshot/services/find-service.js'
import { goOn, type Said, stop, undetermined } from '../../call/outcome.js'
import { labelledGateways } from './labelled-gateways.js'
import { enter } from './enter.js'
import { passTunnel } from './pass-tunnel.js'
import { physicalNetwork, reachesDirectly } from '../../packets/physical-network.js'
import { leadingTo, type NetworkPath, type RouteTarget } from '../../call/stage-values.js'

/** The path to the server itself, or one for each endpoint behind the gateway it leads through; the step is NETWORK's. */
export function passGateway(client: Client, target: RouteTarget | undefined, path: NetworkPath): Paths {
  if (path.passage === undefined && path.server !== undefined) return toServer({ client, target, path, gateway: undefined }, path.server)
  const { address, port } = path.dialled
  const unreachable = notReachableFrom(client, address)
  if (unreachable !== undefined) return unreachable
  const gateway = path.passage?.gateway
  const approach: Approach = { client, target, path, gateway }
  if (gateway?.tunnel !== undefined && target !== undefined) return passTunnel(approach, gateway, gateway.tunnel, target)
  const atService = gateway === undefined ? undefined : serviceOf(client.snapshot, gateway)
  const arrival = atService ?? arriveAt(client.snapshot, client.workload, address, port)
  return onOtherNetwork(approach, arrival) ?? enter(approach, arrival)
}

function toServer(approach: Approach, server: Workload): Paths {
  const { client, path } = approach
  const service = serviceInstead(client.snapshot, client.workload, server, path.dialled)
  return service === undefined ? directly(client, path, server) : enter(approach, service)
}

/** An address that nobody here holds is where its ServiceEntry says that it is: on a network of the document, perhaps, that no packets get to (EDS-21, NET-37). */
function onOtherNetwork({ client, path, gateway }: Approach, arrival: Arrival): Paths | undefined {
  if (arrival.kind !== 'OUTSIDE' || gateway !== undefined) return undefined
  const { snapshot, workload, cluster } = client
  const { network, because } = path.endpoint
  const from = physicalNetwork(workload, cluster)
  if (!snapshot.networks.some(({ name }) => name === network) || snapshot.routable(from, network)) return undefined
  const why = whyDirect(client, path)
  const message = `\`${path.dialled.address}\` is on network \`${network}\`, to which network \`${from}\` does not route, ${why.message}`
  return stop('NETWORK', {
    reason: 'CROSS_NETWORK_WITHOUT_GATEWAY',
    message,
    because: [...cluster.network.because.slice(0, 1), ...because, ...why.because],
  })
}

function directly(client: Client, path: NetworkPath, known: Workload): Paths {
  const { snapshot, workload } = client
  const server = standingFor(snapshot, workload, known)
  const address = `\`${path.dialled.address}\``
  const from = physicalNetwork(workload, client.cluster)
  const to = physicalNetwork(server, snapshot.clusters.get(server.cluster))
  if (reachesDirectly(snapshot, workload, server)) {
    const assumptions = workload.cluster === server.cluster || (from === '') === (to === '') ? [] : [routable(client, server, from || to)]
    if (server !== known) return atPodOfEntry(path, server, assumptions)
    return goOn('NETWORK', [path], { reason: 'DIRECT', message: `${address} is dialled directly`, because: [] }, { assumptions })
  }
  const why = whyDirect(client, path)
  return stop('NETWORK', {
    reason: 'CROSS_NETWORK_WITHOUT_GATEWAY',
    message: `${standsAs(path.dialled.address, server)} network \`${to}\`, to which network \`${from}\` does not route, ${why.message}`,
    because: [...networksOf(client, server), ...path.endpoint.because.filter(({ kind }) => kind !== 'Service'), server.ref, ...why.because],
  })
}

/** An address that nobody gave is none that anybody would know. */
const standsAs = (address: string, server: Workload): string =>
  address.startsWith('pod:')
    ? `\`${server.namespace}/${server.owner.name}\` of cluster \`${server.cluster}\` runs on`
    : `\`${address}\` is a ${isMachine(server) ? 'machine' : 'pod'} on`

/** Where the networks of the two sides are said, as far as their clusters say it. */
const networksOf = ({ snapshot, cluster }: Client, server: Workload): readonly ResourceRef[] =>
  flatMap([...new Set([cluster, snapshot.clusters.get(server.cluster)])], (one) =>
    one === undefined ? [] : one.network.because.slice(0, 1),
  )

/** What the WorkloadEntry says of the address holds for the client’s proxy alone; the pod that has it is the server. */
function atPodOfEntry(path: NetworkPath, server: Workload, assumptions: readonly Assumption[]): Paths {
  const message = `\`${path.dialled.address}\` is dialled directly, and is pod \`${server.namespace}/${server.name}\` of \`${server.cluster}\``
  const because = [...path.endpoint.because, server.ref]
  return goOn(
    'NETWORK',
    [leadingTo(path, { ...path, server, serverPort: path.dialled.port })],
    { reason: 'DIRECT', message, because },
    { assumptions },
  )
}

/** One of the two networks is known and the other is not: nothing says that they are apart. */
function routable({ cluster }: Client, server: Workload, network: string): Assumption {
  const message = `\`${cluster.name}\` and \`${server.cluster}\` are taken to reach each other's pods: only one of them states a network (\`${network}\`)`
  return { code: 'NETWORK_ASSUMED_ROUTABLE', message, because: [server.ref] }
}

type Why = Pick<Said, 'message' | 'because'>

/** Why the proxy dials a pod of another network at all (NET-9 … NET-12, EDS-21). */
function whyDirect({ view, workload }: Client, { endpoint }: NetworkPath): Why {
  const plain = (message: string): Why => ({ message, because: [] })
  if (view === undefined) return plain('and without a proxy nothing leads the call through a gateway')
  if (endpoint.network === '') return plain('and the endpoint carries no network by which the control plane could choose a gateway')
  const plane = `control plane \`${view.controlPlane.name}\``
  const gateways = view.gateways.get(endpoint.network) ?? []
  if (gateways.length === 0) return withoutGateway(view, plane, endpoint.network)
  if (gateways.every(({ port }) => port === 0)) return plain(`and the gateways that ${plane} knows have no port for mutual TLS`)
  if (workload.proxyNetwork === '') return plain('and the proxy, which has no network of its own, takes the endpoint for local')
  return plain(`and the proxy takes the endpoint for local: its own network is \`${workload.proxyNetwork}\``)
}

/** No gateway is known: no Service is labelled as one, or those that are cannot be used (NET-6, NET-7). */
function withoutGateway(view: ControlPlaneView, plane: string, network: string): Why {
  const label = `\`topology.istio.io/network: ${network}\``
  const labelled = labelledGateways(view, network)
  const [first] = labelled
  const told =
    first === undefined
      ? `no namespace of a cluster that ${plane} reads has a Service labelled ${label} with an address`
      : `Service \`${first.name}\` of \`${first.cluster}\` is labelled ${label}, but ${first.leftOut ? 'the discovery selectors leave its namespace out' : 'has no address yet or not the port to use'}`
  return { message: `and ${plane} knows no gateway into it; ${told}`, because: labelled.map(({ ref }) => ref) }
}

/** Does the document say that the client's network does not reach this gateway address (NET-37)? */
function notReachableFrom({ snapshot, workload, cluster }: Client, address: string): Paths | undefined {
  const stated = statedGatewayAt(snapshot, address)
  if (stated?.reachableFrom === undefined) return undefined
  const network = physicalNetwork(workload, cluster)
  if (stated.reachableFrom.includes(network)) return undefined
  const from = stated.reachableFrom.length === 0 ? 'nowhere' : `\`${stated.reachableFrom.join('`, `')}\` only`
  if (network === '') {
    const message = `gateway address \`${address}\` is reachable from ${from}, and the network of cluster \`${cluster.name}\` is not given`
    return undetermined('NETWORK', message)
  }
  const message = `gateway address \`${address}\` is stated to be reachable from ${from}, and the client is on \`${network}\``
  return stop('NETWORK', { reason: 'GATEWAY_UNREACHABLE', message, because: [] })
}

/** The Service by which a control plane found the gateway, whatever address it has. */
function serviceOf({ clusters }: Snapshot, { service, port }: NetworkGateway): Arrival | undefined {
  const cluster = service === undefined ? undefined : clusters.get(service.cluster)
  const object = service === undefined || cluster === undefined ? undefined : findService(cluster, service.namespace, service.name)
  if (cluster === undefined || object === undefined) return undefined
  return arriveAtService({ cluster, service: object, kind: 'EXTERNAL' }, port)
}
