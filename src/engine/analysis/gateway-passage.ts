/**
 * Does a path get to a server: by the address itself if packets are routed there, or through the gateway that it leads to?
 *
 * A gateway is found behind whatever the client dials: a network's gateway, or a bare address in a ServiceEntry. One that hands TLS on is passed
 * through to each endpoint behind it; any other is itself the server. Rules NET-10, NET-30 … NET-38, ROUTE-13, DNS-30 … DNS-32.
 */
import type { Assumption } from '../model/step.js'
import type { NetworkGateway } from '../snapshot/control-plane-view.js'
import type { Snapshot } from '../snapshot/snapshot.js'
import type { Workload } from '../snapshot/workload.js'
import { type Arrival, arriveAt, arriveAtService, type ServiceArrival } from './arrival.js'
import { lookBehind } from './behind-gateway.js'
import type { Client } from './client.js'
import { clientTransport } from './client-transport.js'
import { findService } from './cluster-index.js'
import { goOn, stop, undetermined } from './conclude.js'
import { assumedPlace, type GatewayPlace, placeBehind } from './gateway-place.js'
import { ipFamily } from './ip-address.js'
import type { Outcome } from './outcome.js'
import { passthroughServers } from './passthrough-servers.js'
import { physicalNetwork, reachesDirectly } from './physical-network.js'
import { statedGatewayAt } from './address-index.js'
import { serverName } from './server-name.js'
import type { NetworkPath, RouteTarget } from './stage-values.js'

type Paths = Outcome<readonly NetworkPath[]>

/** The path to the server itself, or one for each endpoint behind the gateway it leads through; the step is NETWORK's. */
export function passGateway(client: Client, target: RouteTarget | undefined, path: NetworkPath): Paths {
  if (path.passage !== undefined) return throughNetworkGateway(client, target, path, path.passage.gateway)
  if (path.server !== undefined) return directly(client, path, path.server)
  return toAddress(client, target, path)
}

/** The gateway proxy that ends the connection of this path, if one does: the call goes on from there (ROUTE-13). */
export const gatewayBehind = (_snapshot: Snapshot, path: NetworkPath): Workload | undefined =>
  path.server?.dataPlane === 'GATEWAY' ? path.server : undefined

function directly(client: Client, path: NetworkPath, server: Workload): Paths {
  const { snapshot, workload } = client
  const address = `\`${path.dialled.address}\``
  if (reachesDirectly(snapshot, workload, server)) {
    return goOn('NETWORK', [path], { reason: 'DIRECT', message: `${address} is dialled directly`, because: [] })
  }
  const [from, to] = [workload, server].map((end) => physicalNetwork(end, snapshot.clusters.get(end.cluster)))
  const name = client.view === undefined ? undefined : `control plane \`${client.view.controlPlane.name}\``
  const known = client.view?.gateways.get(path.endpoint.network) ?? []
  const why =
    name === undefined || path.endpoint.network === ''
      ? 'and nothing leads the call through a gateway'
      : known.length === 0
        ? `and ${name} knows no gateway of \`${path.endpoint.network}\`; a Service labelled \`topology.istio.io/network: ${path.endpoint.network}\` with an address is missing`
        : `and the proxy dials it all the same: its own network is \`${workload.proxyNetwork}\``
  return stop('NETWORK', {
    reason: 'CROSS_NETWORK_WITHOUT_GATEWAY',
    message: `${address} is a pod IP on network \`${to}\`, network \`${from}\` does not route there, ${why}`,
    because: [...path.endpoint.because, server.ref],
  })
}

/** Through a gateway that the control plane knows for the endpoint's network. */
function throughNetworkGateway(client: Client, target: RouteTarget | undefined, path: NetworkPath, gateway: NetworkGateway): Paths {
  const { snapshot } = client
  const unreachable = notReachableFrom(client, gateway.address)
  if (unreachable !== undefined) return unreachable
  const { service } = gateway
  const cluster = service === undefined ? undefined : snapshot.clusters.get(service.cluster)
  const object = service === undefined || cluster === undefined ? undefined : findService(cluster, service.namespace, service.name)
  const arrival: Arrival =
    cluster !== undefined && object !== undefined
      ? arriveAtService({ cluster, service: object, kind: 'EXTERNAL' }, gateway.port)
      : arriveAt(snapshot, client.workload, gateway.address, gateway.port)
  return arrived(client, target, path, arrival, gateway)
}

/** To a bare address: of a ServiceEntry, of a literal host, or outside. */
function toAddress(client: Client, target: RouteTarget | undefined, path: NetworkPath): Paths {
  const { address, port } = path.dialled
  const unreachable = notReachableFrom(client, address)
  if (unreachable !== undefined) return unreachable
  return arrived(client, target, path, arriveAt(client.snapshot, client.workload, address, port), undefined)
}

/** Does the document say that the client's network does not reach this gateway address (NET-37)? */
function notReachableFrom({ snapshot, workload, cluster }: Client, address: string): Paths | undefined {
  const stated = statedGatewayAt(snapshot, address)
  if (stated?.reachableFrom === undefined) return undefined
  const network = physicalNetwork(workload, cluster)
  const from = stated.reachableFrom.join('`, `')
  if (network === '')
    return undetermined(
      'NETWORK',
      `gateway address \`${address}\` is reachable from \`${from}\`, and the network of \`${cluster.name}\` is not given`,
    )
  if (stated.reachableFrom.includes(network)) return undefined
  const message = `gateway address \`${address}\` is stated to be reachable from \`${from}\` only, and the client is on \`${network}\``
  return stop('NETWORK', { reason: 'GATEWAY_UNREACHABLE', message, because: [] })
}

function arrived(
  client: Client,
  target: RouteTarget | undefined,
  path: NetworkPath,
  arrival: Arrival,
  gateway: NetworkGateway | undefined,
): Paths {
  const { address } = path.dialled
  switch (arrival.kind) {
    case 'SERVICE':
      return atService(client, target, path, arrival, gateway)
    case 'INSTANCE':
      return goOn('NETWORK', [{ ...path, server: arrival.workload }], {
        reason: 'DIRECT',
        message: `\`${address}\` is the pod \`${arrival.workload.name}\` of \`${arrival.workload.cluster}\``,
        because: [arrival.workload.ref],
      })
    case 'STATED':
      return atStatedGateway(client, target, path, arrival, gateway)
    case 'NOT_LISTENING':
      return stop('NETWORK', {
        reason: gateway === undefined ? 'NOT_LISTENING' : 'GATEWAY_NOT_FOUND',
        message: arrival.message,
        because: arrival.because,
      })
    case 'NOT_ROUTED':
      return stop('NETWORK', { reason: 'GATEWAY_UNREACHABLE', message: arrival.message, because: arrival.because })
    case 'OUTSIDE':
      return gateway === undefined ? outside(path) : unknownGateway(gateway)
  }
}

function outside(path: NetworkPath): Paths {
  const { address } = path.dialled
  const message = `\`${address}\` is outside the topology; whether it answers was not checked`
  const assumption: Assumption = { code: 'EXTERNAL_HOST_NOT_CHECKED', message, because: [...path.endpoint.because] }
  return goOn(
    'NETWORK',
    [path],
    { reason: 'OUTSIDE', message: `\`${address}\` is outside the topology`, because: path.endpoint.because },
    { assumptions: [assumption] },
  )
}

const unknownGateway = (gateway: NetworkGateway): Paths =>
  undetermined('NETWORK', `no object and no entry of \`gateways\` says which gateway stands at \`${gateway.address}\``, gateway.because)

/** The document states the address and the cluster, and perhaps the Service. */
function atStatedGateway(
  client: Client,
  target: RouteTarget | undefined,
  path: NetworkPath,
  { gateway: stated, cluster }: Extract<Arrival, { kind: 'STATED' }>,
  gateway: NetworkGateway | undefined,
): Paths {
  if (cluster === undefined || Object.keys(cluster.resources.counts).length === 0) {
    return undetermined(
      'NETWORK',
      `the objects of cluster \`${stated.cluster}\`, where gateway \`${path.dialled.address}\` stands, are not given`,
    )
  }
  const [namespace, name] = (stated.service ?? '').split('/')
  const object = namespace === undefined || name === undefined ? undefined : findService(cluster, namespace, name)
  if (object !== undefined) {
    const arrival = arriveAtService({ cluster, service: object, kind: 'EXTERNAL' }, path.dialled.port)
    return arrival.kind === 'SERVICE' ? atService(client, target, path, arrival, gateway) : arrived(client, target, path, arrival, gateway)
  }
  const place = assumedPlace(client.snapshot, cluster, path.dialled.port, undefined, path.dialled.address)
  if (place !== undefined) return handOn(client, target, path, place, gateway)
  const message = `no Gateway in the control plane of \`${cluster.name}\` has an \`AUTO_PASSTHROUGH\` server on port ${path.dialled.port}`
  return stop('NETWORK', { reason: 'GATEWAY_SERVER_MISSING', message, because: gateway?.because ?? [] })
}

/** A Service: of a gateway that hands TLS on, or of ordinary servers, gateways that end TLS among them. */
function atService(
  client: Client,
  target: RouteTarget | undefined,
  path: NetworkPath,
  arrival: ServiceArrival,
  gateway: NetworkGateway | undefined,
): Paths {
  const { cluster, service } = arrival
  const ref = cluster.ref(service.meta)
  const name = `Service \`${service.meta.namespace}/${service.meta.name}\` of \`${cluster.name}\``
  const place = placeBehind(client.snapshot, arrival)
  if (place !== undefined && (gateway !== undefined || passthroughServers(place).length > 0))
    return handOn(client, target, path, place, gateway)
  if (gateway !== undefined) {
    const assumed =
      arrival.endpoints.length === 0 && !cluster.observed
        ? assumedPlace(client.snapshot, cluster, gateway.port, service, gateway.address)
        : undefined
    if (assumed !== undefined) return handOn(client, target, path, assumed, gateway)
    return stop('NETWORK', { reason: 'GATEWAY_NOT_FOUND', message: `no ready gateway proxy stands behind ${name}`, because: [ref] })
  }
  if (arrival.endpoints.length === 0) {
    return stop('NETWORK', { reason: 'NO_ENDPOINTS', message: `no ready instance stands behind ${name}`, because: [ref] })
  }
  const paths = arrival.endpoints.map((endpoint) => ({
    ...path,
    endpoint: { ...endpoint, tlsMode: path.endpoint.tlsMode },
    server: endpoint.workload,
    serverPort: endpoint.port,
  }))
  return goOn('NETWORK', paths, { reason: 'DIRECT', message: `\`${path.dialled.address}\` leads to ${name}`, because: [ref] })
}

const gatewayAt = (path: NetworkPath, place: GatewayPlace): NetworkGateway => ({
  network: place.cluster.network.value ?? '',
  cluster: place.cluster.name,
  address: path.dialled.address,
  port: path.dialled.port,
  because: place.because,
  service: undefined,
  assumed: false,
})

/** The gateway is there: does it know whom the client asks for? */
function handOn(
  client: Client,
  target: RouteTarget | undefined,
  path: NetworkPath,
  place: GatewayPlace,
  known: NetworkGateway | undefined,
): Paths {
  const gateway = known ?? gatewayAt(path, place)
  const through: NetworkPath = { ...path, passage: { gateway, entry: path.passage?.entry ?? path.endpoint, proxy: place.proxy } }
  const where = `gateway \`${gateway.address}:${gateway.port}\` of \`${place.cluster.name}\``
  const assumptions = [...place.assumptions, ...addressAssumptions(gateway)]
  // Without mutual TLS there is no server name to look at; the transport stage says what becomes of the connection.
  const sent = clientTransport(client, target, through)
  if (target === undefined || (sent !== undefined && sent.protocol !== 'ISTIO_MUTUAL')) {
    return goOn(
      'NETWORK',
      [through],
      { reason: 'VIA_GATEWAY', message: `the call arrives at ${where}`, because: gateway.because },
      { assumptions },
    )
  }
  const sni = target.rule?.transportTls(target.port.number, target.subset)?.sni
  if (sni !== undefined && sni !== serverName(target)) {
    const message = `the DestinationRule sets SNI \`${sni}\`, and ${where} knows the service as \`${serverName(target)}\``
    return stop(
      'NETWORK',
      { reason: 'GATEWAY_UNKNOWN_SNI', message, because: [...(target.rule?.because ?? []), ...gateway.because] },
      assumptions,
    )
  }
  const behind = lookBehind(place, target)
  const all = [...assumptions, ...behind.assumptions]
  if (behind.refusal !== undefined) {
    return stop('NETWORK', { ...behind.refusal, because: [...behind.refusal.because, ...gateway.because] }, all)
  }
  const paths = behind.endpoints.map((endpoint) => ({ ...through, endpoint, server: endpoint.workload, serverPort: endpoint.port }))
  const message = `${where} hands the call on by its SNI \`${serverName(target)}\``
  return goOn('NETWORK', paths, { reason: 'VIA_GATEWAY', message, because: [...gateway.because, ...behind.because] }, { assumptions: all })
}

function addressAssumptions(gateway: NetworkGateway): readonly Assumption[] {
  const because = [...gateway.because]
  if (gateway.assumed) {
    return [
      {
        code: 'GATEWAY_ADDRESS_ASSUMED',
        message: `a LoadBalancer Service without status is taken to get an address (\`${gateway.address}\`)`,
        because,
      },
    ]
  }
  if (ipFamily(gateway.address) !== undefined) return []
  return [
    { code: 'GATEWAY_ADDRESS_BY_NAME', message: `the gateway's address \`${gateway.address}\` is a name and is taken to resolve`, because },
  ]
}
