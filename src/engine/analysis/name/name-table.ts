import type { MeshService } from '../../snapshot/services/mesh-service.js'
import type { Client } from '../call/call.js'
import type { NameAnswer } from './cluster-dns.js'
import { endpointsOf } from '../../istiod/endpoints/endpoints-of.js'
import { isPartialWildcard, serviceWildcards, widenings } from '../../istiod/matching/hosts.js'
import { namesPodOf } from '../../snapshot/services/service-names.js'
import type { ProxyScope } from '../../istiod/scope/proxy-scope.js'
import { scopeOf } from '../../istiod/scope/scope-of.js'
import type { Endpoint } from '../../istiod/endpoints/endpoint.js'

/**
 * What the client's own proxy answers under DNS capture: the explicitly imported services of its scope.
 *
 * Longest wildcard after the exact name; a service without any address has no entry and falls through to the cluster's
 * DNS. Rules DNS-8 … DNS-13.
 */
export function askNameTable(client: Client, host: string): (NameAnswer & { readonly service: MeshService }) | undefined {
  const scope = scopeOf(client)
  if (scope === undefined) return undefined
  for (const name of widenings(host, serviceWildcards(scope.view))) {
    // A proxy's table is asked label by label: a wildcard that begins inside of one is not found in it.
    if (isPartialWildcard(name)) continue
    const scoped = scope.services.get(name)
    if (scoped === undefined || scoped.imported !== 'EXPLICIT') continue
    const addresses = addressesFor(client, scoped.service)
    if (addresses.length > 0) return { addresses, because: scoped.because, service: scoped.service }
  }
  return askPodName(client, scope, host)
}

/** Names of single pods behind a headless service, those of other clusters included; the own cluster's wins (DNS-12). */
function askPodName(client: Client, scope: ProxyScope, host: string): (NameAnswer & { readonly service: MeshService }) | undefined {
  const dot = host.indexOf('.')
  const scoped = scope.services.get(host.slice(dot + 1))
  if (scoped === undefined || scoped.imported !== 'EXPLICIT' || !namesPodOf(host, scoped.service)) return undefined
  const { service } = scoped
  const named = service.ports.slice(0, 1).flatMap((port) => endpointsOf(scope.view, service, port))
  const pods = answering(client.workload, service, named).filter(({ workload }) => workload?.name === host.slice(0, dot))
  const pod = pods.find(({ cluster }) => cluster === client.cluster.name) ?? pods[0]
  return pod === undefined ? undefined : { addresses: [pod.address], because: scoped.because, service }
}

/** Addresses of a service as this proxy dials them: its own cluster's, an allocated one under DNS capture, the default (DNS-3, DNS-9). */
export function addressesFor({ workload, view }: Client, service: MeshService): readonly string[] {
  if (view === undefined || service.resolution === 'ALIAS') return []
  const local = plain(service.addresses.get(workload.cluster) ?? [])
  if (local.length > 0) return local
  if (service.autoAllocated && workload.dnsCapture) return ['auto']
  const fallback = plain(service.defaultAddresses)
  if (fallback.length > 0) return fallback
  if (service.headless || service.resolution === 'PASSTHROUGH') return endpointAddresses({ workload, view }, service)
  return service.registry === 'KUBERNETES' ? ['auto'] : []
}

const plain = (addresses: readonly string[]): readonly string[] =>
  addresses.filter((address) => !address.includes('/') && address !== '0.0.0.0')

function endpointAddresses({ workload, view }: Pick<Client, 'workload'> & { view: NonNullable<Client['view']> }, service: MeshService) {
  const endpoints = service.ports.slice(0, 1).flatMap((port) => endpointsOf(view, service, port))
  return [...new Set(answering(workload, service, endpoints).map((one) => one.address))]
}

/** Healthy endpoints of all clusters, but only on the client's network (DNS-12). */
function answering({ proxyNetwork }: Client['workload'], service: MeshService, endpoints: readonly Endpoint[]): readonly Endpoint[] {
  const tolerant = service.definitions[0]?.service.publishNotReadyAddresses === true
  const near = (network: string): boolean => network === '' || proxyNetwork === '' || network === proxyNetwork
  return endpoints.filter((one) => (one.health === 'HEALTHY' || tolerant) && near(one.network) && one.address !== '')
}
