/**
 * Whom is a request for? The listener for the requests of a port takes them at whichever address, and goes by their authority alone: letter case, a
 * port and a last dot do not count, and what is nobody's of that port is passed on to the address that was dialled. Rules ROUTE-1, ROUTE-30, VIS-31.
 */
import { domainSuffix } from '../../istiod/matching/hosts.js'
import { listenedAt } from '../../istiod/scope/listened-at.js'
import type { ProxyScope } from '../../istiod/scope/proxy-scope.js'
import { listensForRequests } from '../../istiod/scope/routed-by.js'
import { scopeOf } from '../../istiod/scope/scope-of.js'
import { findHeader, type ResolvedCall } from '../call/call.js'
import { dialsItself } from '../call/dials-itself.js'
import type { InScope, Named } from '../call/stage-values.js'
import { type Outcome, goOn, stop } from '../call/outcome.js'
import { searchCandidates } from '../name/search-candidates.js'
import { comparable, excludedFromCapture } from '../route/excluded-from-capture.js'
import { foreignRoutes } from '../route/foreign-routes.js'
import { takenAt } from '../route/listeners/taken-at.js'
import { findScoped } from './find-scoped.js'

/** Another host than the one that is dialled, as the proxy knows it; or none that it knows, and what becomes of the call. */
export interface Called {
  readonly named?: Named
  readonly unknown?: Outcome<InScope>
}

/** Undefined: the authority names whom the call dials, or has no say. */
export function calledByAuthority(call: ResolvedCall, named: Named, port: number): Called | undefined {
  const { client } = call
  const host = statedHost(call)
  const scope = host === undefined ? undefined : scopeOf(client)
  if (host === undefined || scope === undefined || !isTaken(call, named, scope, port)) return undefined
  const dialled = findScoped(client, named, scope)?.service.hostname ?? named.hostname
  const found = knownAs(call, scope, host, port)
  if (found === undefined) return knownAs(call, scope, dialled, port) === undefined ? undefined : { unknown: passedOn(scope, host, port) }
  if (found === dialled || host === named.hostname) return undefined
  return { named: { ...named, hostname: found, resolvedBy: 'CLUSTER_DNS' } }
}

/** The host in the authority that the question gives a request of a sidecar's. */
function statedHost({ client, attributes: { headers, protocol = 'HTTP' } }: ResolvedCall): string | undefined {
  if (protocol !== 'HTTP' || client.workload.dataPlane !== 'SIDECAR') return undefined
  const stated = findHeader(headers, 'host') ?? findHeader(headers, ':authority')
  return stated?.toLowerCase().replace(/:\d*$/u, '').replace(/\.$/u, '')
}

/** Whatever address of those is dialled, by the listener for the requests of all. */
function isTaken({ client }: ResolvedCall, named: Named, scope: ProxyScope, port: number): boolean {
  const { workload } = client
  if (!listensForRequests(scope, port) || dialsItself(client, named)) return false
  if (excludedFromCapture(workload, port, comparable(named, findScoped(client, named, scope)?.service)) !== undefined) return false
  const meant = (scope.services.get(named.hostname)?.listening ?? []).map(({ record }) => record)
  const addresses = named.addresses.length > 0 ? named.addresses : [undefined]
  return addresses.every((address) => {
    const chain = takenAt(scope, { client, address, port, spoken: 'HTTP', name: named.hostname }, meant)
    return chain?.kind === 'HTTP' && chain.record === undefined
  })
}

/** The hostname of whose virtual host at the port it is a domain. */
function knownAs({ client }: ResolvedCall, scope: ProxyScope, host: string, port: number): string | undefined {
  const isHeard = (hostname: string): boolean => listenedAt(scope, hostname, port).some(({ routed }) => routed)
  const byAddress = scope.view.servicesByAddress(client.workload.cluster, host).find(({ hostname }) => isHeard(hostname))
  if (byAddress !== undefined) return byAddress.hostname
  if (foreignRoutes(scope, host, port).length > 0) return host
  return [host, ...searchCandidates(host, scope.namespace, domainSuffix(scope.view))].find((hostname) => {
    const found = findScoped(client, { hostname, addresses: [], resolvedBy: 'CLUSTER_DNS' }, scope)
    return found !== undefined && isHeard(found.service.hostname)
  })
}

function passedOn(scope: ProxyScope, host: string, port: number): Outcome<InScope> {
  const told = `the authority of the request, \`${host}\`, is nobody’s whom the proxy knows on port ${port}, and it goes by nothing else`
  const because = scope.outboundBecause
  if (scope.outboundMode === 'REGISTRY_ONLY')
    return stop('SCOPE', { reason: 'BLACKHOLED', message: `${told}: the outbound policy \`REGISTRY_ONLY\` refuses it`, because })
  const message = `${told}: it is passed on as it is to the original address (\`${scope.outboundMode}\`)`
  return goOn('SCOPE', { mode: 'PASSTHROUGH', scope, service: undefined }, { reason: 'UNKNOWN_PASSTHROUGH', message, because })
}
