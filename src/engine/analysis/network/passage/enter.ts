/**
 * What becomes of a path at the address it leads to: a gateway that hands it on, a server, or somewhere nobody here knows.
 *
 * Rules NET-30, NET-37, ROUTE-13, ROUTE-34, EDS-16.
 */
import type { Assumption } from '../../../model/step.js'
import { type Holder, refusedHolder } from '../../packets/holders-of.js'
import { gatewayAddressesOf, requestedAddress } from '../../../snapshot/networks/gateway-addresses.js'
import type { NetworkGateway } from '../../../snapshot/networks/network-gateway.js'
import type { Approach, Paths } from './approach.js'
import { type Arrival, arriveAtService, type ServiceArrival } from '../../packets/arrive-at.js'
import { findService } from '../../../snapshot/services/find-service.js'
import { clientTransport } from '../../transport/client-transport.js'
import { exportedService } from './exported-service.js'
import { assuming, goOn, type Said, stop, undetermined } from '../../call/outcome.js'
import { assumedPlace, placeBehind, viewOf } from './gateway-place.js'
import { handOn } from './hand-on.js'
import { nearInstances } from '../../near/near-instances.js'
import { nearPassthrough } from '../../near/near-passthrough.js'
import { instanceEndpoint } from '../../../istiod/endpoints/instance-endpoint.js'
import { passthroughServers } from './passthrough-servers.js'
import { leadingTo, type NetworkPath, type RouteTarget } from '../../call/stage-values.js'
import type { Endpoint } from '../../../istiod/endpoints/endpoint.js'
import type { Cluster, Snapshot } from '../../../snapshot/snapshot.js'
import type { Workload } from '../../../snapshot/workloads/workload.js'

/** Follows the path from its address on. */
export function enter(approach: Approach, arrival: Arrival): Paths {
  switch (arrival.kind) {
    case 'SERVICE':
      return assumingAddress(approach, arrival, atService(approach, arrival))
    case 'INSTANCE':
      return atInstance(approach, arrival.workload)
    case 'STATED':
      return atStatedGateway(approach, arrival)
    case 'NOT_LISTENING':
    case 'NOT_RESOLVED':
    case 'NOT_ROUTED':
      return stop('NETWORK', nobodyThere(approach, arrival))
    case 'NAME_UNKNOWN':
      return undetermined('NETWORK', arrival.message, approach.path.endpoint.because)
    case 'VACANT':
      return approach.gateway === undefined ? atVacancy(approach, arrival) : unknownGateway(approach, approach.gateway)
    case 'OUTSIDE':
      return approach.gateway === undefined ? outside(approach, arrival.address) : unknownGateway(approach, approach.gateway)
  }
}

function nobodyThere({ gateway, path }: Approach, { kind, message, because }: Extract<Arrival, { kind: `NOT_${string}` }>): Said {
  switch (kind) {
    case 'NOT_LISTENING':
      return { reason: gateway === undefined ? 'NOT_LISTENING' : 'GATEWAY_NOT_FOUND', message, because }
    case 'NOT_RESOLVED':
      return { reason: 'NAME_NOT_RESOLVED', message, because: [...path.endpoint.because, ...because] }
    case 'NOT_ROUTED':
      return { reason: 'GATEWAY_UNREACHABLE', message, because }
  }
}

function atInstance({ path }: Approach, workload: Workload): Paths {
  const message = `\`${path.dialled.address}\` is \`${workload.name}\` of \`${workload.cluster}\``
  return goOn('NETWORK', [served(path, workload, path.dialled.port)], { reason: 'DIRECT', message, because: [workload.ref] })
}

/** The path with its server; an endpoint that was a bare address becomes the instance, one of a ServiceEntry stays what the client was given. */
function served(path: NetworkPath, server: Workload, serverPort: number, known?: Endpoint): NetworkPath {
  const { endpoint } = path
  const { passage } = path
  if (endpoint.cluster !== '') return leadingTo(path, { endpoint, passage, server, serverPort })
  const { health, because } = endpoint
  const rest = { port: serverPort, portName: '', health, origin: endpoint.origin, because: [...because, server.ref] }
  const instance = known ?? instanceEndpoint(server, (_cluster, _address, label) => label, rest)
  return leadingTo(path, { endpoint: instance, passage, server, serverPort })
}

/** In a live cluster's range nobody is there; in a declared one's nothing says who will be. */
function atVacancy({ path }: Approach, { cluster, range }: Extract<Arrival, { kind: 'VACANT' }>): Paths {
  const { address, port } = path.dialled
  const { because } = path.endpoint
  const message = `no object of cluster \`${cluster.name}\` has the address \`${address}\`, which lies in its range \`${range}\``
  if (cluster.observed) return stop('NETWORK', { reason: 'NOT_LISTENING', message, because })
  return undetermined('NETWORK', `${message}, and nothing says who will listen there at port ${port}`, because)
}

/** Nobody here: an external host may be taken to answer, but who takes Istio mutual TLS must be known. */
function outside(approach: Approach, meant: string): Paths {
  const { client, target, path } = approach
  const { address, port } = path.dialled
  const { because } = path.endpoint
  const cluster = target === undefined ? undefined : exportingCluster(client.snapshot, target)
  const place = cluster === undefined ? undefined : assumedPlace(client.snapshot, { cluster, port, address, federated: true })
  if (place !== undefined) return handOn(approach, place)
  const asking = refusedHolder(client.snapshot, address)
  if (asking !== undefined) return notGiven(asking, address)
  if (target !== undefined && clientTransport(client, target, path)?.protocol === 'ISTIO_MUTUAL') {
    const message = `the client sends mutual TLS to \`${address}:${port}\`, and nothing says who stands there; state a gateway under \`gateways\`, or give its Service`
    return undetermined('NETWORK', message, because)
  }
  const what = meant === address ? `\`${address}\`` : `\`${meant}\`, which \`${address}\` stands for,`
  const message = `${what} is outside the topology`
  const assumption: Assumption = {
    code: 'EXTERNAL_HOST_NOT_CHECKED',
    message: `${message}; it is taken to be reachable and to answer`,
    because: [...because],
  }
  return goOn('NETWORK', [path], { reason: 'OUTSIDE', message, because }, { assumptions: [assumption] })
}

/** Whether it is given the address later, or somebody else has it, is not known (NET-7). */
function notGiven({ cluster, service }: Holder, address: string): Paths {
  const name = `Service \`${service.meta.namespace}/${service.meta.name}\` of \`${cluster.name}\``
  const message = `${name} asks for the address \`${address}\`, and its status does not say that it got it`
  return undetermined('NETWORK', message, [cluster.ref(service.meta, 'spec.loadBalancerIP')])
}

/** A cluster of the exporting mesh that has the service which a stated federation imports. */
function exportingCluster(snapshot: Snapshot, { service }: RouteTarget): Cluster | undefined {
  const exported = exportedService(snapshot, service)
  if (exported === undefined) return undefined
  const { federation, namespace, name } = exported
  return [...snapshot.clusters.values()].find(
    (cluster) => cluster.mesh.value === federation.exporter && findService(cluster, namespace, name) !== undefined,
  )
}

/** A control plane counts on a gateway whose Service nobody gave: the Gateway objects of its cluster may still say enough. */
function unknownGateway(approach: Approach, gateway: NetworkGateway): Paths {
  const cluster = approach.client.snapshot.clusters.get(gateway.cluster)
  const place =
    cluster === undefined ? undefined : assumedPlace(approach.client.snapshot, { cluster, port: gateway.port, address: gateway.address })
  if (place !== undefined) return handOn(approach, place)
  // Whichever gateway it is, what is no mutual TLS ends there: TRANSPORT says so (NET-18).
  const sent = clientTransport(approach.client, approach.target, approach.path)
  if (sent !== undefined && sent.protocol !== 'ISTIO_MUTUAL') {
    const message = `gateway \`${gateway.address}\` is dialled, and no object says which it is`
    return goOn('NETWORK', [approach.path], { reason: 'VIA_GATEWAY', message, because: gateway.because })
  }
  const message = `no object and no entry of \`gateways\` says which gateway stands at \`${gateway.address}\``
  return undetermined('NETWORK', message, gateway.because)
}

/** The document states the address and the cluster, and perhaps the Service. */
function atStatedGateway(approach: Approach, { gateway: stated, cluster }: Extract<Arrival, { kind: 'STATED' }>): Paths {
  const { client, path, gateway } = approach
  const { address, port } = path.dialled
  if (cluster === undefined || Object.keys(cluster.resources.counts).length === 0) {
    return undetermined('NETWORK', `the objects of cluster \`${stated.cluster}\`, where gateway \`${address}\` stands, are not given`)
  }
  const [namespace = '', name = ''] = (stated.service ?? '').split('/')
  const object = findService(cluster, namespace, name)
  if (object !== undefined) return enter(approach, arriveAtService({ cluster, service: object, kind: 'EXTERNAL' }, port))
  const place = assumedPlace(client.snapshot, { cluster, port, address })
  if (place !== undefined) return handOn(approach, place)
  const message = `no Gateway in the control plane of \`${cluster.name}\` has an \`AUTO_PASSTHROUGH\` server on port ${port}; add one`
  const view = viewOf(client.snapshot, undefined, cluster)
  const near = () => (view === undefined ? [] : nearPassthrough(view, port))
  return stop('NETWORK', { reason: 'GATEWAY_SERVER_MISSING', message, because: gateway?.because ?? [], near })
}

/** In a declared cluster a load balancer is taken to get the address that it asks for; of a network's gateway that is said elsewhere (NET-7). */
function assumingAddress({ path: { dialled }, gateway }: Approach, { cluster, service }: ServiceArrival, outcome: Paths): Paths {
  const { address } = dialled
  const isAssumed = gatewayAddressesOf(cluster, service).some((one) => one.assumed && one.address === address)
  if (gateway !== undefined || !isAssumed) return outcome
  const isAsked = requestedAddress(cluster, service) === address
  const what = isAsked ? `the address that it asks for (\`${address}\`)` : 'an address'
  const message = `a LoadBalancer Service without status is taken to get ${what}`
  const path = isAsked ? 'spec.loadBalancerIP' : 'spec.type'
  const assumption: Assumption = { code: 'GATEWAY_ADDRESS_ASSUMED', message, because: [cluster.ref(service.meta, path)] }
  return assuming(outcome, [assumption])
}

/** A Service: of a gateway that hands TLS on, or of ordinary servers, gateways that end TLS among them. */
function atService(approach: Approach, arrival: ServiceArrival): Paths {
  const { client, path, gateway } = approach
  const { cluster, service } = arrival
  const ref = cluster.ref(service.meta)
  const name = `Service \`${service.meta.namespace}/${service.meta.name}\` of \`${cluster.name}\``
  const place = placeBehind(client.snapshot, arrival)
  if (place !== undefined && (gateway !== undefined || passthroughServers(place).length > 0)) return handOn(approach, place)
  if (gateway !== undefined) return gatewayWithoutProxy(approach, arrival, gateway, name)
  if (arrival.endpoints.length === 0) {
    const near = () => nearInstances(cluster, service)
    return stop('NETWORK', { reason: 'NO_ENDPOINTS', message: `no ready instance stands behind ${name}`, because: [ref], near })
  }
  const paths = arrival.endpoints.map((endpoint) =>
    endpoint.workload === undefined ? path : served(path, endpoint.workload, endpoint.port, endpoint),
  )
  return goOn('NETWORK', paths, { reason: 'DIRECT', message: `\`${path.dialled.address}\` leads to ${name}`, because: [ref] })
}

/** Pods that a declared cluster does not list may be assumed; pods that a live one does not have are missing. */
function gatewayWithoutProxy(
  approach: Approach,
  { cluster, service, endpoints }: ServiceArrival,
  gateway: NetworkGateway,
  name: string,
): Paths {
  const { snapshot } = approach.client
  const { address, port } = gateway
  const assumed = endpoints.length === 0 && !cluster.observed ? assumedPlace(snapshot, { cluster, port, address, service }) : undefined
  if (assumed !== undefined) return handOn(approach, assumed)
  const because = [cluster.ref(service.meta), ...gateway.because]
  const near = () => nearInstances(cluster, service)
  return stop('NETWORK', { reason: 'GATEWAY_NOT_FOUND', message: `no ready gateway proxy stands behind ${name}`, because, near })
}
