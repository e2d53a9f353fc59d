/**
 * What does ztunnel answer when a captured pod asks for a name?
 *
 * The addresses of every service that it knows, hidden or not, wildcards of ServiceEntries included. What has none goes on to the cluster's DNS, but a
 * headless Service of the cluster's own domain is answered with its pods, and with nobody where there are none. Of a service that is one across clusters the
 * addresses of the client's own network count: where all are on others, the answer is empty. Rules AMB-20 … AMB-23.
 */
import { ambientNetwork } from '../../istiod/ambient/ambient-network.js'
import { seenByZtunnels } from '../../istiod/ambient/seen-by-ztunnels.js'
import { serviceScope } from '../../istiod/ambient/service-scope.js'
import { spansNetworks } from '../../istiod/ambient/spans-networks.js'
import { endpointsByNumber } from '../../istiod/endpoints/endpoints-of.js'
import { domainSuffix, isPartialWildcard, serviceWildcards, widenings } from '../../istiod/matching/hosts.js'
import { ipFamily } from '../../istiod/matching/ip-family.js'
import { scopeOf } from '../../istiod/scope/scope-of.js'
import type { MeshService } from '../../snapshot/services/mesh-service.js'
import type { Cluster, ControlPlaneView } from '../../snapshot/snapshot.js'
import type { Client } from '../call/call.js'
import type { NameAnswer } from './cluster-dns.js'

/** Undefined: it is asked elsewhere. No address at all: the application is told that there is none. */
export function askZtunnel(client: Client, host: string): NameAnswer | undefined {
  const scope = scopeOf(client)
  if (scope === undefined) return undefined
  for (const name of widenings(host, serviceWildcards(scope.view))) {
    const scoped = isPartialWildcard(name) ? undefined : scope.services.get(name)
    const addresses = scoped === undefined ? undefined : answerFor(client, scope.view, scoped.service)
    if (scoped !== undefined && addresses !== undefined) return { addresses, because: scoped.because }
  }
  return undefined
}

/** Undefined: the name has no entry (AMB-21). */
export function answerFor(
  { cluster }: Pick<Client, 'cluster'>,
  view: ControlPlaneView,
  service: MeshService,
): readonly string[] | undefined {
  if (service.headless) return service.hostname.endsWith(`.svc.${domainSuffix(view)}`) ? podsOf(view, service) : undefined
  const own = addressesOf(view, cluster, service)
  const addresses = own.filter((address) => !address.includes('/') && address !== '0.0.0.0')
  if (addresses.length === 0 && isElsewhere(view, service)) return []
  if (addresses.length > 0) return addresses
  return service.autoAllocated || service.registry === 'KUBERNETES' ? ['auto'] : undefined
}

const isElsewhere = (view: ControlPlaneView, { registry, definitions }: MeshService): boolean =>
  registry === 'KUBERNETES' && spansNetworks(view) === 'ON' && definitions.every(({ cluster }) => cluster !== view.configCluster?.name)

/** Of all clusters' Services that count, those on the client's network (AMB-22). */
function addressesOf(view: ControlPlaneView, { name }: Cluster, service: MeshService): readonly string[] {
  const usual = service.addresses.get(name) ?? service.defaultAddresses
  const { scope, others } = serviceScope(view, service)
  if (spansNetworks(view) !== 'ON' || scope !== 'GLOBAL') return usual
  const { clusters } = view.snapshot
  const own = ambientNetwork(view, clusters.get(name))
  return [...service.addresses].flatMap(([cluster, addresses]) => {
    const counts = cluster === view.configCluster?.name || others.has(cluster)
    return counts && ambientNetwork(view, clusters.get(cluster)) === own ? addresses : []
  })
}

/** Healthy pods that ztunnel sees one by one. */
function podsOf(view: ControlPlaneView, service: MeshService): readonly string[] {
  const tolerant = service.definitions[0]?.service.publishNotReadyAddresses === true
  const endpoints = service.ports.slice(0, 1).flatMap((port) => endpointsByNumber(view, service, port.number))
  const seen = endpoints.filter(
    (endpoint) => (endpoint.health === 'HEALTHY' || tolerant) && seenByZtunnels(view, service, endpoint) === 'ITSELF',
  )
  return [...new Set(seen.map(({ address }) => address))].filter((address) => ipFamily(address) !== undefined || address.startsWith('pod:'))
}
