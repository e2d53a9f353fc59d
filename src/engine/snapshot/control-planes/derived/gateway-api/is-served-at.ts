import { covers, isWildcard } from '../../../covers.js'

/** Hostnames of listeners and routes, in lower case, a leading `*` standing for any prefix; `''` is a listener without one. */

/** Does `wide` stand for every name that `host` stands for? */
export const isUnder = (host: string, wide: string): boolean => wide === '' || covers(wide, host)

/** Have the two names in common? */
export const meet = (one: string, other: string): boolean => isUnder(one, other) || isUnder(other, one)

/** What both stand for: of two that meet the more specific. */
export const common = (hosts: readonly string[], listener: string): readonly string[] =>
  hosts.flatMap((host) => (isUnder(host, listener) ? [host] : isUnder(listener, host) ? [listener] : []))

/**
 * Is the route's host served at the listener, and not at another one of its port and protocol that is closer to it?
 *
 * Only a listener with a wildcard, or without a hostname, leaves hosts to others. `others`: their hostnames. Rule GWAPI-32.
 */
export function isServedAt(host: string, listener: string, others: readonly string[]): boolean {
  if (listener !== '' && !isWildcard(listener)) return true
  if (!meet(host, listener)) return false
  return !others.some((other) => other.length >= listener.length && other !== '' && isUnder(host, other))
}
