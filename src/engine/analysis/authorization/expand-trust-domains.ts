import { matchesText } from './matches-text.js'

/**
 * Principals as they are after the server's control plane has put its own trust domains in their place.
 *
 * A value that names a local trust domain, or literally `cluster.local`, stands for all local ones, which replaces it: where `cluster.local` is not
 * local, a foreign client of that trust domain no longer matches. Foreign trust domains stay as written. Rules AUTHZ-15, AUTHZ-16.
 */
export function expandPrincipals(principals: readonly string[], localDomains: readonly string[]): readonly string[] {
  return [...new Set(principals.flatMap((principal) => expand(principal, localDomains)))]
}

function expand(principal: string, localDomains: readonly string[]): readonly string[] {
  const [domain = '', ...rest] = principal.split('/')
  if (rest.length !== 4 || domain === '*') return [principal]
  const all = localDomains.map((local) => [local, ...rest].join('/'))
  if (domain === 'cluster.local' || localDomains.includes(domain)) return all
  if (!domain.startsWith('*') && !domain.endsWith('*')) return [principal]
  const covered = localDomains.filter((local) => matchesText(domain, local))
  if (covered.length === 0) return [principal]
  // A suffix match still works on the whole string; a prefix match would end at the first slash, so its wildcard is lost.
  const others = all.filter((_, index) => !covered.includes(localDomains[index] ?? ''))
  return domain.startsWith('*') ? [principal, ...others] : all
}

/** A trust domain that is local stands for all local ones (AUTHZ-13). */
export const expandTrustDomains = (values: readonly string[], localDomains: readonly string[]): readonly string[] =>
  values.some((value) => localDomains.includes(value)) ? [...new Set([...values, ...localDomains])] : values
