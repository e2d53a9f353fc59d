/**
 * Who could have issued a certificate for this identity?
 *
 * Nothing in a SPIFFE ID names the cluster (TRUST-1): with a cluster its control plane is the issuer, without one every control plane of the trust
 * domain may be. Rules TRUST-1 … TRUST-3.
 */
import { addAll } from '../../add-all.js'
import type { Problem } from '../../model/app-error.js'
import type { IdentityInput } from '../../model/question.js'
import type { Assumption } from '../../model/step.js'
import { headerRef } from '../../snapshot/references.js'
import type { Cluster, Snapshot } from '../../snapshot/snapshot.js'
import type { DataPlane } from '../../snapshot/workloads/workload.js'
import { listSome } from '../answer/list-some.js'
import { isGivenNamespace, namespacesOf } from '../caller/is-given-namespace.js'
import { nearestNames } from '../../istiod/matching/nearest-names.js'
import { type Authority, authorityOf } from './authority.js'
import { wouldTakeAnchors } from '../../snapshot/workloads/takes-anchors.js'
import { type Identity, parseSpiffeId, spiffeId } from '../../snapshot/workloads/spiffe-id.js'

/** One possible certificate: its issuer and the name in it. */
export interface Issued {
  readonly authority: Authority
  readonly trustDomain: string
  readonly spiffeId: string
  /** Who presents it: a ztunnel, a waypoint, or any other proxy. */
  readonly by: 'ZTUNNEL' | 'WAYPOINT' | 'PROXY'
}

export interface Placed {
  /** How people call it. */
  readonly name: string
  /** Empty: no control plane is known that issues it, and `unknown` says of which cluster. */
  readonly issued: readonly Issued[]
  readonly unknown: string
  readonly assumptions: readonly Assumption[]
}

type Result = Placed | { readonly problem: Problem }

const notFound = (message: string, suggestions: readonly string[]): { readonly problem: Problem } => ({
  problem: { code: 'IDENTITY_NOT_FOUND', message, details: { suggestions: [...suggestions].slice(0, 5) } },
})

/** INVARIANT: `checkIdentity` found nothing wrong with the input. */
export function placeIdentity(snapshot: Snapshot, input: IdentityInput): Result {
  const cluster = input.cluster ? snapshot.clusters.get(input.cluster) : undefined
  if (input.cluster && cluster === undefined) {
    return notFound(`there is no cluster \`${input.cluster}\``, nearest(input.cluster, [...snapshot.clusters.keys()]))
  }
  if (cluster?.role.value === 'NONE') return notFound(`no mesh issues certificates in cluster \`${cluster.name}\``, meshClusters(snapshot))
  if (input.spiffeId) return placeSpiffeId(snapshot, input.spiffeId, cluster)
  return placeAccount(snapshot, { namespace: input.namespace ?? '', serviceAccount: input.serviceAccount || 'default' }, cluster)
}

function placeAccount(snapshot: Snapshot, account: Omit<Identity, 'trustDomain'>, cluster: Cluster | undefined): Placed {
  const authorities = cluster === undefined ? allAuthorities(snapshot, account) : authoritiesFor(snapshot, cluster, account)
  const issued = authorities.flatMap((authority) =>
    issue(authority, spiffeId({ ...account, trustDomain: authority.trustDomain }), authority.trustDomain),
  )
  const [only, ...others] = distinct(issued)
  const place = [cluster?.name, account.namespace, account.serviceAccount].flatMap((part) => part ?? []).join('/')
  const name = only !== undefined && others.length === 0 ? only.spiffeId : place
  return { name, issued: distinct(issued), unknown: cluster?.name ?? '', assumptions: hypothetical(snapshot, account, cluster) }
}

/** One certificate for each way in which workloads of the account are served. */
function issue(authority: Authority, text: string, trustDomain: string): readonly Issued[] {
  const account = parseSpiffeId(text)
  const alike = account === undefined ? [] : runAs(authority.cluster, account).filter((one) => one.takesAnchors === authority.takesAnchors)
  const planes = alike.map(({ dataPlane }) => presenters[dataPlane] ?? 'PROXY')
  return [...new Set(planes.length > 0 ? planes : (['PROXY'] as const))].map((by) => ({ authority, trustDomain, spiffeId: text, by }))
}

const presenters: Partial<Record<DataPlane, Issued['by']>> = { AMBIENT: 'ZTUNNEL', WAYPOINT: 'WAYPOINT' }

function placeSpiffeId(snapshot: Snapshot, text: string, cluster: Cluster | undefined): Result {
  const trustDomain = text.split('/')[2] ?? ''
  const account = parseSpiffeId(text)
  const known = cluster === undefined ? allAuthorities(snapshot, account) : authoritiesIn(snapshot, cluster, account)
  const matching = known.filter((authority) => authority.trustDomain.replaceAll('@', '.') === trustDomain)
  const assumptions: Assumption[] = []
  if (matching.length === 0) {
    const domains = [...new Set(allAuthorities(snapshot, account).map((authority) => authority.trustDomain))]
    if (cluster === undefined)
      return notFound(`no control plane issues certificates of trust domain \`${trustDomain}\``, nearest(trustDomain, domains))
    const message = `the control plane of cluster \`${cluster.name}\` is assumed to sign \`${text}\`, though its trust domain is another`
    assumptions.push({ code: 'IDENTITY_ASSUMED_ISSUED', message, because: [] })
  }
  const issuers = matching.length > 0 ? matching : known
  const issued = issuers.flatMap((authority) => issue(authority, text, trustDomain))
  if (account !== undefined) addAll(assumptions, hypothetical(snapshot, account, cluster))
  return { name: text, issued: distinct(issued), unknown: cluster?.name ?? '', assumptions }
}

type Account = Pick<Identity, 'namespace' | 'serviceAccount'>

const runAs = (cluster: Cluster, { namespace, serviceAccount }: Account) =>
  cluster.workloads(namespace).filter((workload) => (workload.serviceAccount || 'default') === serviceAccount)

/** An account that no workload runs as may be one that is to come, or a slip of the pen: the answer says that it was assumed. */
function hypothetical(snapshot: Snapshot, account: Account, cluster: Cluster | undefined): readonly Assumption[] {
  const clusters = cluster === undefined ? [...snapshot.clusters.values()] : [cluster]
  if (clusters.some((one) => runAs(one, account).length > 0)) return []
  const where =
    cluster === undefined ? `in namespace \`${account.namespace}\` of any cluster` : `in \`${cluster.name}/${account.namespace}\``
  const there = withoutNamespace(snapshot, clusters, account.namespace)
  const message = `no workload ${where} runs as service account \`${account.serviceAccount}\`: one that does is assumed${there}`
  const because = cluster === undefined ? [] : [headerRef('Cluster', cluster.name, 'resources')]
  return [{ code: 'IDENTITY_HYPOTHETICAL', message, because }]
}

/** What a slip of the pen in the namespace looks like. */
function withoutNamespace(snapshot: Snapshot, clusters: readonly Cluster[], namespace: string): string {
  if (clusters.some((cluster) => isGivenNamespace(snapshot, cluster, namespace))) return ''
  const near = nearestNames(namespace, clusters.flatMap(namespacesOf))
  const meant = near.length === 0 ? '' : `; did you mean ${listSome(near.slice(0, 3), 'or')}`
  return `, in a namespace of which nothing is given${meant}`
}

/** Control planes that serve workloads of this account in the cluster; without such workloads the cluster's default one. */
function authoritiesFor(snapshot: Snapshot, cluster: Cluster, account: Account): readonly Authority[] {
  const used = runAs(cluster, account).flatMap((workload) => workload.controlPlane ?? [])
  const names = used.length > 0 ? [...new Set(used)] : cluster.managedBy.slice(0, 1)
  return names.flatMap((name) => authoritiesUnder(snapshot, cluster, name, account))
}

/** Once for each way in which agents of the account's workloads take anchors; without such workloads as those of its namespace would (TRUST-9). */
function authoritiesUnder(snapshot: Snapshot, cluster: Cluster, name: string, account: Account | undefined): readonly Authority[] {
  const workloads = account === undefined ? [] : runAs(cluster, account).filter(({ controlPlane }) => controlPlane === name)
  const plane = snapshot.controlPlanes.get(name)
  const takes =
    workloads.length > 0
      ? workloads.map(({ takesAnchors }) => takesAnchors)
      : [
          plane !== undefined &&
            wouldTakeAnchors(plane, snapshot.clusters.get(plane.configCluster ?? ''), { namespace: account?.namespace ?? '' }),
        ]
  return [...new Set(takes)].flatMap((one) => authorityOf(snapshot, cluster.name, name, one) ?? [])
}

const authoritiesIn = (snapshot: Snapshot, cluster: Cluster, account: Account | undefined): readonly Authority[] =>
  cluster.managedBy.flatMap((name) => authoritiesUnder(snapshot, cluster, name, account))

const allAuthorities = (snapshot: Snapshot, account: Account | undefined): readonly Authority[] =>
  [...snapshot.clusters.values()].flatMap((cluster) => authoritiesIn(snapshot, cluster, account))

const meshClusters = (snapshot: Snapshot): readonly string[] =>
  [...snapshot.clusters.values()].filter((cluster) => cluster.managedBy.length > 0).map((cluster) => cluster.name)

/** Clusters of one control plane with the same roots and anchors are one issuer: asking again would answer the same. */
const distinct = (issued: readonly Issued[]): readonly Issued[] => [
  ...new Map(
    issued.map((one) => [`${one.authority.controlPlane.name}\n${one.by}\n${one.spiffeId}\n${anchorsOf(one.authority)}`, one]),
  ).values(),
]

const anchorsOf = ({ roots, extraRoots, unknownAnchors }: Authority): string =>
  [...[...(roots ?? []), ...extraRoots].map(({ fingerprint }) => fingerprint), ...unknownAnchors.map(({ message }) => message)].join()

/** Names that begin like the one asked for come first. */
function nearest(asked: string, names: readonly string[]): readonly string[] {
  const shared = (name: string): number => [...name].findIndex((letter, index) => letter !== asked[index])
  const score = (name: string): number => (shared(name) < 0 ? name.length : shared(name))
  return [...names].sort((a, b) => score(b) - score(a))
}
