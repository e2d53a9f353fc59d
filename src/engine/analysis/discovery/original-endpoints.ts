/**
 * Where the proxy keeps the address that the application dials (ORIGINAL_DST), which endpoints can that address be?
 *
 * Headless services and ServiceEntries without resolution for sidecars, and load balancer PASSTHROUGH for everyone: no balancing, no failover, no
 * network translation. What DNS answers decides. Rules EDS-14, EDS-31, DNS-4, DNS-12, ROUTE-32.
 */
import { namesPodOf } from '../../snapshot/services/service-names.js'
import type { Client } from '../call/call.js'
import type { Dropped, Named, RouteTarget } from '../call/stage-values.js'
import type { Endpoint } from '../../istiod/endpoints/endpoint.js'

/** Does the proxy forward to the dialled address instead of choosing an endpoint? */
export function keepsOriginalAddress(client: Client, { service, port, subset, rule }: RouteTarget): boolean {
  if (rule?.loadBalancer(port.number, subset)?.simple === 'PASSTHROUGH') return true
  if (service.resolution !== 'PASSTHROUGH' || client.workload.dataPlane === 'GATEWAY') return false
  const flags = client.view?.controlPlane.flags ?? {}
  return !(service.headless && flags['PILOT_ENABLE_EDS_FOR_HEADLESS_SERVICES'] === 'true')
}

interface Chosen {
  readonly left: readonly Endpoint[]
  readonly dropped: readonly Dropped[]
}

/** What the application dials. */
export interface Dialled {
  readonly named: Named
  readonly port: number
}

/** The endpoints that the dialled address leads to, and why the others are out of its reach. */
export function originalEndpoints(client: Client, dialled: Dialled, target: RouteTarget, endpoints: readonly Endpoint[]): Chosen {
  if (target.service.registry === 'SERVICE_ENTRY' && target.service.resolution === 'PASSTHROUGH')
    return dialledAddresses(dialled, target, endpoints)
  const { named } = dialled
  const left: Endpoint[] = []
  const dropped: Dropped[] = []
  for (const endpoint of endpoints) {
    const message = objection(endpoint)
    if (message === undefined) left.push(endpoint)
    else dropped.push({ endpoint, reason: 'NOT_DIALLED', message, because: [target.service.ref, ...endpoint.because] })
  }
  return { left, dropped }

  function objection(endpoint: Endpoint): string | undefined {
    if (target.service.headless && (named.resolvedBy === 'LITERAL' || namesPodOf(named.hostname, target.service))) {
      if (!named.addresses.includes(endpoint.address)) return 'the application dials another pod'
      if (named.resolvedBy === 'LITERAL') return undefined
    }
    if (named.resolvedBy === 'DNS_CAPTURE' && target.service.headless) {
      const own = client.workload.proxyNetwork
      if (own === '' || endpoint.network === '' || own === endpoint.network) return undefined
      return `the proxy's DNS leaves out pods of other networks (\`${endpoint.network}\`)`
    }
    if (endpoint.cluster === client.cluster.name) return undefined
    return `the application dials an address of its own cluster \`${client.cluster.name}\`, the endpoint is in \`${endpoint.cluster}\``
  }
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

/** An address of which the topology knows nothing: no cluster, no network, no proxy. */
export function outsideEndpoint(address: string, port: number, ...because: Endpoint['because']): Endpoint {
  return {
    address,
    port,
    portName: '',
    cluster: '',
    network: '',
    namespace: '',
    labels: {},
    locality: '',
    weight: 1,
    serviceAccount: '',
    tlsMode: 'disabled',
    health: 'HEALTHY',
    nodeName: '',
    workload: undefined,
    origin: 'SERVICE_ENTRY',
    because,
  }
}
