/**
 * Who are these workloads in a handshake, and do those who run as the same account in each cluster accept them, and are accepted?
 *
 * A control plane gives one identity to everybody of an account (TRUST-1 … TRUST-3); asked in both directions (TRUST-5, TRUST-13, TLS-18 … TLS-22).
 */
import { helpOf } from '../analysis/answer/help-of.js'
import { authorityFor, identityOf } from '../analysis/trust/authority.js'
import { judgeTrust } from '../analysis/trust/judge-trust.js'
import { isProblem } from '../model/app-error.js'
import { pause } from '../pause.js'
import type { Snapshot } from '../snapshot/snapshot.js'
import { spiffeId } from '../snapshot/workloads/spiffe-id.js'
import type { Workload } from '../snapshot/workloads/workload.js'
import type { ClusterTrust, RelatedIdentity } from './facts.js'
import type { Seen } from './seen.js'

interface Issued {
  readonly trustDomain: string | null
  readonly namespace: string
  readonly serviceAccount: string
  readonly clusters: Set<string>
}

/** Each identity once, with the clusters in which workloads have it. */
export function identitiesOf(snapshot: Snapshot, workloads: readonly Workload[], at: number, seen: Seen): readonly RelatedIdentity[] {
  const found = new Map<string, Issued>()
  for (const workload of workloads) {
    pause()
    const issued = issuedTo(snapshot, workload)
    const key = `${issued.trustDomain ?? ''} ${issued.namespace} ${issued.serviceAccount}`
    const known = found.get(key)
    if (known === undefined) found.set(key, issued)
    else known.clusters.add(workload.cluster)
  }
  return [...found].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, issued]) => told(snapshot, issued, at, seen))
}

function issuedTo(snapshot: Snapshot, workload: Workload): Issued {
  const { cluster, namespace, serviceAccount } = workload
  const authority = authorityFor(snapshot, workload)
  const clusters = new Set([cluster])
  if (authority === undefined) return { trustDomain: null, namespace, serviceAccount: serviceAccount || 'default', clusters }
  return { ...identityOf(authority, workload), clusters }
}

function told(snapshot: Snapshot, { trustDomain, namespace, serviceAccount, clusters }: Issued, at: number, seen: Seen): RelatedIdentity {
  const names = [...clusters].toSorted()
  const trust = trustDomain === null ? [] : names.flatMap((server) => trustAt(snapshot, { server, namespace, serviceAccount }, at))
  return {
    spiffeId: trustDomain === null ? null : spiffeId({ trustDomain, namespace, serviceAccount }),
    trustDomain,
    namespace,
    serviceAccount,
    clusters: names,
    trust: distinct(trust.map((one) => (seen.place(one.from, namespace) ? one : { ...one, from: seen.rest.name, validUntil: null }))),
  }
}

interface Server {
  readonly server: string
  readonly namespace: string
  readonly serviceAccount: string
}

function trustAt(snapshot: Snapshot, { server, namespace, serviceAccount }: Server, at: number): readonly ClusterTrust[] {
  const account = (cluster: string) => ({ cluster, namespace, serviceAccount })
  return [...snapshot.clusters.keys()].toSorted().flatMap((from) => {
    pause()
    const answer = judgeTrust(snapshot, { client: account(from), server: account(server) }, at)
    if (isProblem(answer)) return []
    const { verdict, reason, validUntil } = answer
    return [{ from, to: server, verdict, reason, help: helpOf(reason), validUntil }]
  })
}

const distinct = <T>(all: readonly T[]): readonly T[] => [...new Map(all.map((one) => [JSON.stringify(one), one])).values()]
