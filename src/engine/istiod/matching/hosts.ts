import { flatMap } from '../../flat-map.js'
import { isWildcard } from '../../snapshot/covers.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import { ipFamily } from './ip-family.js'
import { remembered } from '../../remembered.js'

/** The wildcard hosts of a list, found without trying each. */
export interface Wildcards {
  /** Those that cover the host, the host itself included where it is one of them: the most specific, which is the longest, first. */
  over(host: string): readonly string[]
}

const noHosts: readonly string[] = []
const noWildcards: Wildcards = { over: () => noHosts }

/** Many hosts share few lengths: one look for each length finds all that a name ends with. */
export function wildcardsAmong(hosts: Iterable<string>): Wildcards {
  const wildcards = new Set<string>()
  for (const host of hosts) if (isWildcard(host)) wildcards.add(host)
  if (wildcards.size === 0) return noWildcards
  const lengths = [...new Set([...wildcards].map((host) => host.length - 1))].sort((a, b) => b - a)
  return {
    over: (host) => {
      const name = isWildcard(host) ? host.slice(1) : host
      return flatMap(lengths, (length) => {
        const wildcard = length > name.length ? '' : `*${name.slice(name.length - length)}`
        return wildcards.has(wildcard) ? [wildcard] : noHosts
      })
    },
  }
}

/** The host itself, then the wildcards that cover it, the most specific first. */
export const widenings = (host: string, wildcards: Wildcards): readonly string[] =>
  wildcards === noWildcards ? [host] : [host, ...wildcards.over(host).filter((name) => name !== host)]

/**
 * The same for domains of routes, where a wildcard stands for at least one character: a name is not under `*` and itself.
 *
 * Envoy's virtual hosts are matched so, configuration objects by their plain ends.
 */
export const domainsOver = (host: string, wildcards: Wildcards): readonly string[] =>
  widenings(host, wildcards).filter((name) => name.length <= host.length)

/** `*-api.example.com`, which begins inside of a label. */
export const isPartialWildcard = (host: string): boolean => isWildcard(host) && host !== '*' && !host.startsWith('*.')

/** Wildcards among the hosts of a control plane's services. */
export const serviceWildcards = remembered(
  (view: ControlPlaneView): Wildcards => wildcardsAmong(view.services.map(({ hostname }) => hostname)),
)

/** Domain under which a control plane files Kubernetes Services, those of remote clusters included (VIS-7). */
export const domainSuffix = (view: ControlPlaneView): string => view.configCluster?.clusterDomain ?? 'cluster.local'

/** A host inside a configuration object: a name without dots belongs to the object's namespace (MODEL-19). */
export function qualify(host: string, namespace: string, suffix: string): string {
  const name = host.toLowerCase()
  return name === '*' || name.includes('.') ? name : `${name}.${namespace}.svc.${suffix}`
}

/** An IPv4 or IPv6 address written as host, brackets allowed. */
export const isAddress = (host: string): boolean => ipFamily(host.replace(/^\[|\]$/g, '')) !== undefined
