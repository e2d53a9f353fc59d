import { flatMap } from '../../flat-map.js'
import type { MeshService } from '../../snapshot/services/mesh-service.js'
import type { Client } from '../call/call.js'
import type { NameAnswer } from './cluster-dns.js'
import { endpointsByNumber } from '../../istiod/endpoints/endpoints-of.js'
import { isPartialWildcard, serviceWildcards, widenings } from '../../istiod/matching/hosts.js'
import { ipFamily } from '../../istiod/matching/ip-family.js'
import { podHostnames } from '../../snapshot/workloads/pod-hostnames.js'
import { namesPodOf } from '../../snapshot/services/service-names.js'
import type { ProxyScope, ScopedService } from '../../istiod/scope/proxy-scope.js'
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
    if (scoped === undefined) continue
    const addresses = tableAddresses(client, scoped)
    if (addresses.length > 0) return { addresses, because: scoped.because, service: scoped.service }
  }
  return askPodName(client, scope, host)
}

/**
 * What the table has for a service's own name: nothing for one that only a VirtualService brings into scope (DNS-8).
 *
 * A Service's addresses alone, else those of all entries of the host together (DNS-9).
 */
export function tableAddresses(client: Client, scoped: ScopedService): readonly string[] {
  const addresses = addressesInTable(client, scoped)
  return addresses.length < 2 ? addresses : [...new Set(addresses)]
}

/** The same as it stands in the table, where an entry that several listeners import is written once for each. */
export function addressesInTable(client: Client, { listening }: ScopedService): readonly string[] {
  const [first, ...others] = listening
  if (first === undefined || others.length === 0) return first === undefined ? [] : addressesFor(client, first.record)
  const answered = listening
    .map(({ record }) => record)
    .map((record) => ({ record, addresses: addressesFor(client, record) }))
    .filter(({ addresses }) => addresses.length > 0)
  const service = answered.find(({ record }) => record.registry === 'KUBERNETES')
  return service?.addresses ?? flatMap(answered, ({ addresses }) => addresses)
}

function askPodName(client: Client, scope: ProxyScope, host: string): (NameAnswer & { readonly service: MeshService }) | undefined {
  const scoped = scope.services.get(host.slice(host.indexOf('.') + 1))
  if (scoped === undefined || !namesPodOf(host, scoped.service)) return undefined
  const addresses = namesOfPods(client, scoped).get(host)
  return addresses === undefined ? undefined : { addresses, because: scoped.because, service: scoped.service }
}

/**
 * Names of the single pods behind a headless Service, those of other clusters included; the own cluster's win (DNS-12).
 *
 * Only pods with the Service as their subdomain have such names; StatefulSets write it into theirs.
 */
export function namesOfPods(client: Client, { service, imported }: ScopedService): ReadonlyMap<string, readonly string[]> {
  const names = new Map<string, string[]>()
  const { view, workload, cluster } = client
  if (view === undefined || imported !== 'EXPLICIT' || !service.headless || service.registry !== 'KUBERNETES') return names
  const named = flatMap(service.ports.slice(0, 1), (port) => endpointsByNumber(view, service, port.number))
  const pods = answering(workload, service, named)
  const shortName = service.hostname.slice(0, service.hostname.indexOf('.'))
  const near = (one: Endpoint): boolean => one.cluster === cluster.name
  for (const pod of [...pods.filter(near), ...pods.filter((one) => !near(one))]) {
    const place = view.snapshot.clusters.get(pod.cluster)
    const own = pod.workload === undefined || place === undefined ? [] : podHostnames(place, pod.workload, shortName)
    for (const name of own.map((hostname) => `${hostname}.${service.hostname}`)) if (!names.has(name)) names.set(name, [pod.address])
  }
  return names
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
  const endpoints = flatMap(service.ports.slice(0, 1), (port) => endpointsByNumber(view, service, port.number))
  return [...new Set(answering(workload, service, endpoints).map((one) => one.address))]
}

/** Names of endpoints are no answers; a pod that does not exist yet has an address all the same. */
const isAnswer = (address: string): boolean => ipFamily(address) !== undefined || address.startsWith('pod:')

/** Healthy endpoints of all clusters, but only on the client's network; of what is written by hand nothing says that it is well (DNS-12). */
function answering({ proxyNetwork }: Client['workload'], service: MeshService, endpoints: readonly Endpoint[]): readonly Endpoint[] {
  const tolerant = service.definitions[0]?.service.publishNotReadyAddresses === true
  const near = (network: string): boolean => network === '' || proxyNetwork === '' || network === proxyNetwork
  const healthy = ({ health, workload }: Endpoint): boolean =>
    health === 'HEALTHY' && workload !== undefined && workload.meta.kind !== 'WorkloadEntry'
  return endpoints.filter((one) => (healthy(one) || tolerant) && near(one.network) && isAnswer(one.address))
}
