import type { ClusterPart } from './cluster-part.js'
import type { Fact } from '../fact.js'
import { byDefault, derived, stated } from '../known.js'
import { headerRef } from '../references.js'

const builtIn = new Set(['.', 'cluster.local', 'in-addr.arpa', 'ip6.arpa'])

/** Server blocks of a Corefile: `global:53 { … }`. */
const ofCorefile = (text: string, clusterDomain: string): readonly string[] =>
  [...text.matchAll(/^[ \t]*([^\s{#][^{#\n\r\u2028\u2029]*)\{/gm)]
    .flatMap((match) => (match[1] ?? '').trim().split(/[\s,]+/))
    .filter((zone) => zone.includes(':') || zone.endsWith('.'))
    .map((zone) => zone.replace(/:\d+$/, '').replace(/(.)\.$/, '$1'))
    .filter((zone) => !builtIn.has(zone) && zone !== clusterDomain)

/** The `stubDomains` key of kube-dns: a JSON map of domain to resolvers. */
const ofKubeDns = (text: string): readonly string[] => {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? Object.keys(value) : []
  } catch {
    return []
  }
}

/**
 * Domains that the cluster's DNS hands to another resolver (DNS-30): stated, else by the DNS server's ConfigMaps.
 *
 * A ConfigMap does not tell what that resolver knows; it is taken to know the addresses of ServiceEntries.
 */
export const stubDomainsOf = (part: ClusterPart): Fact<readonly string[]> => {
  const told = part.header.dns?.stubDomains
  if (told !== undefined) return stated(told, [headerRef('Cluster', part.header.name, `${part.path}.dns.stubDomains`)])
  const clusterDomain = part.header.clusterDomain ?? 'cluster.local'
  const maps = part.resources.configMaps.get('kube-system') ?? []
  const found = maps.flatMap((map) => {
    const domains = Object.entries(map.data).flatMap(([key, text]) =>
      key === 'stubDomains' ? ofKubeDns(text) : ofCorefile(text, clusterDomain),
    )
    return domains.length === 0 ? [] : [{ domains, ref: part.ref(map.meta) }]
  })
  if (found.length === 0) return byDefault([])
  return derived(
    [...new Set(found.flatMap((item) => item.domains))].sort(),
    found.map((item) => item.ref),
  )
}
