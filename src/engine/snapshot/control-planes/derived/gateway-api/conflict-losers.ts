import type { ApiListener } from '../../../../resources/kubernetes/api-listener.js'

const isNamed = (protocol: string): boolean => protocol === 'HTTP' || protocol === 'HTTPS' || protocol === 'TLS'
const isBare = (protocol: string): boolean => protocol === 'TCP' || protocol === 'UDP'

/** What is taken of one port: by hostname, by protocol, or all of it. */
interface Taken {
  readonly hostnames: Set<string>
  readonly protocols: Set<string>
}

/**
 * Which listeners lose to an earlier one?
 *
 * At one port TCP and UDP stand beside nobody, and HTTP, HTTPS and TLS beside each other where their hostnames differ. What is written counts, whether
 * the earlier one opens anything or not; one that lost blocks nobody. `listeners`: those of a Gateway, then those of its ListenerSets by age.
 * Rule GWAPI-26.
 */
export function conflictLosers(listeners: readonly ApiListener[]): ReadonlySet<ApiListener> {
  const ports = new Map<number, Taken>()
  const losers = new Set<ApiListener>()
  for (const listener of listeners) {
    const taken = ports.get(listener.port) ?? { hostnames: new Set(), protocols: new Set() }
    ports.set(listener.port, taken)
    if (isTaken(taken, listener)) losers.add(listener)
    else take(taken, listener)
  }
  return losers
}

const hostnameOf = ({ hostname = '*' }: ApiListener): string => hostname.toLowerCase()

function isTaken({ hostnames, protocols }: Taken, listener: ApiListener): boolean {
  const { protocol } = listener
  if (isBare(protocol)) return hostnames.size > 0 || [...protocols].some(isBare)
  if (isNamed(protocol)) return [...protocols].some(isBare) || hostnames.has(hostnameOf(listener))
  return protocols.has(protocol)
}

function take({ hostnames, protocols }: Taken, listener: ApiListener): void {
  if (isNamed(listener.protocol)) hostnames.add(hostnameOf(listener))
  else protocols.add(listener.protocol)
}
