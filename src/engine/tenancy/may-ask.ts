/**
 * May a tenant ask this? Where one side is theirs, whoever the other is.
 *
 * What is refused is refused in the same words whether it exists or not.
 */
import { searchCandidates } from '../analysis/name/search-candidates.js'
import type { Problem } from '../model/app-error.js'
import type { IdentityInput, ReachabilityQuestion, SourceInput, TrustQuestion } from '../model/question.js'
import { parseSpiffeId } from '../snapshot/workloads/spiffe-id.js'
import { servicesByHost } from './services-by-host.js'
import type { Sight } from './sight.js'

type Refusal = { readonly problem: Problem } | undefined

const refuse = (message: string): { readonly problem: Problem } => ({ problem: { code: 'FORBIDDEN', message, details: {} } })

export const mayAskCall = (sight: Sight, { from, to }: ReachabilityQuestion): Refusal =>
  ownsSource(sight, from) || ownsHost(sight, from, to.host)
    ? undefined
    : refuse('neither the source nor the destination is of the tenants to which the token is limited')

export const mayAskSource = (sight: Sight, from: SourceInput): Refusal =>
  ownsSource(sight, from) ? undefined : refuse('the source is not of the tenants to which the token is limited')

export const mayAskTrust = (sight: Sight, { client, server }: TrustQuestion): Refusal =>
  ownsIdentity(sight, client) || ownsIdentity(sight, server)
    ? undefined
    : refuse('neither identity is of the tenants to which the token is limited')

function ownsSource(sight: Sight, { outside, proxy, gateway, cluster, namespace }: SourceInput): boolean {
  if (outside) return false
  if (proxy) return sight.holds(proxy.cluster, proxy.namespace)
  if (gateway) return ownsGateway(sight, gateway)
  return sight.holds(cluster, namespace)
}

/** A Gateway object may choose proxies of any namespace: whose the proxies are decides. */
export function ownsGateway(sight: Sight, gateway: string): boolean {
  const [cluster = '', namespace = '', name = ''] = gateway.split('/')
  if (!sight.holds(cluster, namespace)) return false
  const there = sight.snapshot.clusters.get(cluster)?.workloads(namespace) ?? []
  return there.some(({ dataPlane, owner }) => dataPlane === 'GATEWAY' && owner.name === name)
}

/** Every service that the host could stand for is theirs. */
function ownsHost(sight: Sight, from: SourceInput, host: string): boolean {
  const name = host.toLowerCase().replace(/\.$/, '')
  const named = [name, ...namesFor(sight, from, name)].flatMap((one) => servicesByHost(sight.snapshot).get(one) ?? [])
  return named.length > 0 && named.every(({ clusters, namespace }) => clusters.some((cluster) => sight.holds(cluster, namespace)))
}

function namesFor({ snapshot }: Sight, { cluster, namespace, proxy, gateway, outside }: SourceInput, name: string): readonly string[] {
  if (outside) return []
  const [atCluster, atNamespace] = gateway ? gateway.split('/') : [proxy?.cluster ?? cluster, proxy?.namespace ?? namespace]
  const domain = snapshot.clusters.get(atCluster ?? '')?.clusterDomain
  return domain === undefined ? [] : searchCandidates(name, atNamespace ?? '', domain)
}

function ownsIdentity(sight: Sight, { cluster, namespace, spiffeId }: IdentityInput): boolean {
  const of = spiffeId ? parseSpiffeId(spiffeId)?.namespace : namespace
  if (!of) return false
  if (cluster) return sight.holds(cluster, of)
  const { clusters, elsewhere } = sight.spread(of)
  return clusters.length > 0 && !elsewhere
}
