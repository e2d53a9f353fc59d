/**
 * Where the proxy keeps the address that the application dials (ORIGINAL_DST), which endpoints can that address be?
 *
 * Headless services and ServiceEntries without resolution for sidecars, and load balancer PASSTHROUGH for everyone: no balancing, no failover, no
 * network translation. What DNS answers decides. Rules EDS-14, EDS-31, DNS-4, DNS-12, ROUTE-32.
 */
import { isOn } from '../../snapshot/flags.js'
import { namesPodOf } from '../../snapshot/services/service-names.js'
import type { Client } from '../call/call.js'
import type { Dropped, Named, RouteTarget } from '../call/stage-values.js'
import type { MeshService } from '../../snapshot/services/mesh-service.js'
import type { RuleInForce } from '../../istiod/destination-rules/rule-in-force.js'
import type { Endpoint } from '../../istiod/endpoints/endpoint.js'
import { type Dialled, meetService } from './meet-service.js'
import { serviceNamed } from '../../snapshot/services/service-named.js'
import type { Service } from '../../resources/kubernetes/service.js'
import { holdersOf } from '../packets/holders-of.js'
import { dialledAt } from '../packets/dialled-at.js'
import { outsideEndpoint } from './outside-endpoint.js'

/** Does the proxy forward to the dialled address instead of choosing an endpoint? */
export function keepsOriginalAddress(client: Client, { service, port, subset, rule }: RouteTarget): boolean {
  // A subset stays what the rule's own cluster is, whatever its load balancer, and what its settings for all ports say (EDS-31).
  if (rule?.loadBalancer(port.number, '')?.simple === 'PASSTHROUGH') return true
  if (subset !== '' && [rule?.loadBalancer(port.number, subset), rule?.ownLoadBalancer(subset)].some(passesThrough)) return true
  if (service.resolution !== 'PASSTHROUGH' || client.workload.dataPlane === 'GATEWAY') return false
  const { view } = client
  return !(service.headless && view !== undefined && isOn(view.controlPlane, 'PILOT_ENABLE_EDS_FOR_HEADLESS_SERVICES'))
}

const passesThrough = (balancer: ReturnType<RuleInForce['loadBalancer']>): boolean => balancer?.simple === 'PASSTHROUGH'

interface Chosen {
  readonly left: readonly Endpoint[]
  readonly dropped: readonly Dropped[]
}

/** The endpoints that the dialled address leads to, and why the others are out of its reach. */
export function originalEndpoints(client: Client, dialled: Dialled, target: RouteTarget, endpoints: readonly Endpoint[]): Chosen {
  const { service } = target
  if (service.registry === 'SERVICE_ENTRY' && service.resolution === 'PASSTHROUGH') return dialledAddresses(dialled, target, endpoints)
  if (isRoutedElsewhere(client, dialled.named, service, endpoints)) return behindDialledAddress(client, dialled, target, endpoints)
  const left: Endpoint[] = []
  const dropped: Dropped[] = []
  for (const endpoint of endpoints) {
    const message = objection(client, dialled.named, service, endpoint)
    if (message !== undefined) dropped.push({ endpoint, ...notDialled(service, endpoint, message) })
    else left.push(service.headless ? dialledAt(client.snapshot, endpoint, dialled.port) : endpoint)
  }
  return { left, dropped }
}

const notDialled = (service: MeshService, endpoint: Endpoint, message: string): Omit<Dropped, 'endpoint'> => ({
  reason: 'NOT_DIALLED',
  message,
  because: [service.ref, ...endpoint.because],
})

/** A route leads to another service than the one whose address the application dials. */
function isRoutedElsewhere(client: Client, { hostname, resolvedBy }: Named, service: MeshService, endpoints: readonly Endpoint[]): boolean {
  if (resolvedBy !== 'LITERAL') return hostname !== service.hostname && !namesPodOf(hostname, service)
  const held = client.view?.servicesByAddress(client.cluster.name, hostname) ?? []
  return !held.some((record) => record.hostname === service.hostname) && !endpoints.some(({ address }) => address === hostname)
}

/** Why is an endpoint of the service not at the address that the application dials? */
function objection(client: Client, named: Named, service: MeshService, endpoint: Endpoint): string | undefined {
  const { resolvedBy, addresses, hostname } = named
  if (service.headless && (resolvedBy === 'LITERAL' || namesPodOf(hostname, service))) {
    if (!addresses.includes(endpoint.address)) return 'the application dials another pod'
    if (resolvedBy === 'LITERAL') return undefined
  }
  if (resolvedBy === 'DNS_CAPTURE' && service.headless) {
    const own = client.workload.proxyNetwork
    if (own === '' || endpoint.network === '' || own === endpoint.network) return undefined
    return `the proxy's DNS leaves out pods of other networks (\`${endpoint.network}\`)`
  }
  if (endpoint.cluster === client.cluster.name) return undefined
  return `the application dials an address of its own cluster \`${client.cluster.name}\`, the endpoint is in \`${endpoint.cluster}\``
}

/** The route chooses a cluster that keeps the address, and the address is the called service's: its own pods get the connection (EDS-14). */
function behindDialledAddress(client: Client, dialled: Dialled, { service }: RouteTarget, listed: readonly Endpoint[]): Chosen {
  const { named, port } = dialled
  const address = named.resolvedBy === 'LITERAL' ? `\`${named.hostname}\`` : `an address of \`${named.hostname}\``
  const message = `the application dials ${address}, and the proxy keeps it`
  const dropped = listed.map((endpoint) => ({ endpoint, ...notDialled(service, endpoint, message) }))
  const meant = serviceDialled(client, named)
  if (meant !== undefined) return { left: meetService(client, dialled, meant).endpoints, dropped }
  const addresses = named.addresses.filter((address) => address !== 'auto')
  return { left: addresses.map((address) => outsideEndpoint(address, port, service.ref)), dropped }
}

/** The Service of the caller's cluster that the name or the address is of. */
function serviceDialled({ cluster, snapshot }: Client, { hostname, resolvedBy }: Named): Service | undefined {
  if (resolvedBy === 'LITERAL') return holdersOf(snapshot, hostname, cluster.name).find((holder) => holder.cluster === cluster)?.service
  const meant = serviceNamed(cluster, hostname)
  return typeof meant === 'object' ? meant : undefined
}

/** A ServiceEntry with resolution NONE: wherever the name leads, outside the mesh unless the address is known here. */
function dialledAddresses({ named, port }: Dialled, { service }: RouteTarget, listed: readonly Endpoint[]): Chosen {
  const addresses = named.addresses.filter((address) => address !== 'auto')
  const dialled = addresses.length > 0 ? addresses : [named.hostname]
  const left = dialled.map(
    (address) => listed.find((endpoint) => endpoint.address === address) ?? outsideEndpoint(address, port, service.ref),
  )
  return { left, dropped: [] }
}
