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
