import type { ControlPlaneView } from '../snapshot/snapshot.js'
import { ipFamily } from './ip-address.js'

/** Hostnames as Istio compares them: in lower case, a leading `*` standing for any prefix. */

export const isWildcard = (host: string): boolean => host.startsWith('*')

/** Is every name that `host` stands for also one of `pattern`? A wildcard host needs a pattern at least as wide (VIS-18). */
export function covers(pattern: string, host: string): boolean {
  if (!isWildcard(pattern)) return pattern === host
  const suffix = pattern.slice(1)
  return isWildcard(host) ? host.length >= pattern.length && host.slice(1).endsWith(suffix) : host.endsWith(suffix)
}

/** Do the two stand for some name in common? The test by which classic VirtualServices are imported (VIS-26). */
export const overlaps = (one: string, other: string): boolean => covers(one, other) || covers(other, one)

/** The host itself, then the wildcards that cover it, the most specific first. */
export function widenings(host: string): readonly string[] {
  const names = isWildcard(host) ? [] : [host]
  const labels = host.split('.')
  for (let i = isWildcard(host) ? 0 : 1; i < labels.length; i += 1) names.push(i === 0 ? host : `*.${labels.slice(i).join('.')}`)
  if (names.at(-1) !== '*') names.push('*')
  return names
}

/** Domain under which a control plane files Kubernetes Services, those of remote clusters included (VIS-7). */
export const domainSuffix = (view: ControlPlaneView): string => view.configCluster?.clusterDomain ?? 'cluster.local'

/** A host inside a configuration object: a name without dots belongs to the object's namespace (MODEL-19). */
export function qualify(host: string, namespace: string, suffix: string): string {
  const name = host.toLowerCase()
  return name === '*' || name.includes('.') ? name : `${name}.${namespace}.svc.${suffix}`
}

/** An IPv4 or IPv6 address written as host, brackets allowed. */
export const isAddress = (host: string): boolean => ipFamily(host.replace(/^\[|\]$/g, '')) !== undefined
