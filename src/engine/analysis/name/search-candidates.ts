/** Dots from which on a resolver tries a name as it stands first (`options ndots:5` in every pod). */
const NDOTS = 5

/**
 * The names that a pod's resolver asks for, in the order of its resolv.conf.
 *
 * Rules DNS-6: `<namespace>.svc.<domain>`, `svc.<domain>`, `<domain>`, then the name itself.
 */
export function searchCandidates(host: string, namespace: string, domain: string): readonly string[] {
  const expanded = [`${namespace}.svc.${domain}`, `svc.${domain}`, domain].map((suffix) => `${host}.${suffix}`)
  return host.split('.').length > NDOTS ? [host, ...expanded] : [...expanded, host]
}
