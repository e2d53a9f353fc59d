import type { ServiceEntry } from '../../resources/istio/service-entry.js'
import type { ClusterResources } from '../../resources/cluster-resources.js'
import type { Cluster } from '../../snapshot/snapshot.js'
import type { Client } from '../call/call.js'
import type { NameAnswer } from './cluster-dns.js'
import { remembered } from '../../remembered.js'

const entriesByHost = remembered(({ serviceEntries }: ClusterResources): ReadonlyMap<string, readonly ServiceEntry[]> => {
  const lists = new Map<string, ServiceEntry[]>()
  for (const entry of [...serviceEntries.values()].flat()) {
    for (const name of entry.hosts) lists.set(name.toLowerCase(), [...(lists.get(name.toLowerCase()) ?? []), entry])
  }
  return lists
})

/** ServiceEntries of the cluster's API server that state this very host. */
export const entriesFor = (resources: ClusterResources, host: string): readonly ServiceEntry[] => entriesByHost(resources).get(host) ?? []

export const underDomain = (host: string, domain: string): boolean => host.endsWith(`.${domain.replace(/^\./, '')}`)

/** Stub domains are unknown while neither the header nor a ConfigMap of the cluster's DNS says anything of them. */
export function knowsStubDomains({ stubDomains, resources }: Cluster): boolean {
  if (stubDomains.value !== undefined && stubDomains.provenance !== 'DEFAULT') return true
  return (resources.configMaps.get('kube-system') ?? []).some(({ meta }) => meta.name === 'coredns' || meta.name === 'kube-dns')
}

/** The cluster's DNS forwards the name to a resolver that reads ServiceEntries: their addresses are its answers (DNS-30). */
export function askStubDomain({ cluster }: Client, host: string): NameAnswer | undefined {
  if (!(cluster.stubDomains.value ?? []).some((domain) => underDomain(host, domain))) return undefined
  const entries = entriesFor(cluster.resources, host)
  const addresses = entries.flatMap((entry) => entry.addresses.filter((address) => !address.includes('/')))
  if (addresses.length === 0) return undefined
  return { addresses, because: [...entries.map((entry) => cluster.ref(entry.meta, 'spec.addresses')), ...cluster.stubDomains.because] }
}

/** A stated federation gives its services names in the importing mesh; how they get into DNS it does not say. */
export function askFederation({ view }: Client, host: string): (NameAnswer & { readonly assumed: true }) | undefined {
  const record = view?.servicesByHost(host).find(({ entries }) => entries.some(({ meta }) => meta.kind === 'Federation'))
  return record === undefined ? undefined : { addresses: ['auto'], because: [record.ref], assumed: true }
}

/** Top-level names that no resolver outside a mesh serves: meshes and Kubernetes use them for names of their own. */
const OWN = new Set(['global', 'local', 'mesh', 'svc', 'cluster', 'localdomain', 'localhost', 'invalid', 'remote', 'federated'])

/** Top-level names that no public resolver serves, and those of companies, clouds and homes do. */
const PRIVATE = new Set(['internal', 'lan', 'corp', 'home', 'intranet', 'private', 'priv', 'arpa', 'test', 'ad', 'office', 'vpn', 'consul'])

/** Who outside the cluster could serve the name (DNS-5): everybody's resolvers, one that nobody here knows, or none. */
export function topLevelOf(host: string): 'PUBLIC' | 'PRIVATE' | 'NONE' {
  const labels = host.split('.')
  const last = labels.at(-1) ?? ''
  if (labels.length === 1 || host.includes('*') || OWN.has(last) || labels.includes('svc')) return 'NONE'
  return PRIVATE.has(last) ? 'PRIVATE' : 'PUBLIC'
}
