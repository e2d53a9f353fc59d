import type { Config } from '#config'
import { isWildcard } from './is-wildcard.js'
import { statedHost } from './stated-host.js'

/** The names by which the service may be called: loopback, the address that it listens on, and what is stated. */
export function allowedHosts({ HOST, ALLOWED_HOSTS }: Pick<Config, 'HOST' | 'ALLOWED_HOSTS'>): ReadonlySet<string> {
  const stated = ['localhost', '127.0.0.1', '::1', ...(isWildcard(HOST) ? [] : [HOST]), ...ALLOWED_HOSTS]
  return new Set(stated.flatMap((host) => statedHost(host) ?? []))
}
