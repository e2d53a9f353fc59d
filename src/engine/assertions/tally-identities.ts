/**
 * Do the identities of those who call and those who are called accept each other?
 *
 * Asked once for each two identities: what tells workloads apart beyond their account has no say in a handshake.
 */
import { addAll } from '../add-all.js'
import { resolveSource } from '../analysis/caller/resolve-source.js'
import { searchCandidates } from '../analysis/name/search-candidates.js'
import { judgeTrust } from '../analysis/trust/judge-trust.js'
import { isProblem } from '../model/app-error.js'
import { labelsInclude } from '../snapshot/label-selector.js'
import type { Snapshot } from '../snapshot/snapshot.js'
import type { Workload } from '../snapshot/workloads/workload.js'
import { holds } from './held.js'
import { nobodyMeant, type Pair, type Problematic, type Tally, tallyPairs, tooManyPairs } from './tally.js'
import type { Sides } from './tally-calls.js'

interface Identity {
  readonly cluster: string
  readonly namespace: string
  readonly serviceAccount: string
}

/** Each account once. */
const identitiesOf = (workloads: readonly Workload[]): readonly Identity[] => [
  ...new Map(
    workloads.map(({ cluster, namespace, serviceAccount }) => [
      `${cluster}/${namespace}/${serviceAccount}`,
      { cluster, namespace, serviceAccount },
    ]),
  ).values(),
]

export function tallyIdentities(snapshot: Snapshot, trusted: boolean, { callers, servers, at, most }: Sides): Tally | Problematic {
  const calling: Workload[] = []
  for (const { from } of callers) {
    const source = resolveSource(snapshot, from)
    if (isProblem(source)) return source
    addAll(
      calling,
      source.clients.map(({ workload }) => workload),
    )
  }
  const called = workloadsCalled(snapshot, calling, servers)
  const [clients, hosts] = [identitiesOf(calling), identitiesOf(called)]
  if (hosts.length === 0) return nobodyMeant('to', 'workload, and so no identity,')
  const count = clients.length * hosts.length
  if (count > most) return tooManyPairs(count, most)
  return tallyPairs(
    (function* () {
      for (const client of clients) for (const server of hosts) yield judge(snapshot, client, server, trusted, at)
    })(),
  )
}

function judge(snapshot: Snapshot, client: Identity, server: Identity, trusted: boolean, at: number): Pair | Problematic {
  const trust = judgeTrust(snapshot, { client, server }, at)
  if (isProblem(trust)) return trust
  const asked = { verdict: null, question: undefined, trace: undefined, trust }
  if (trust.verdict === (trusted ? 'TRUSTED' : 'NOT_TRUSTED')) return { ...holds, ...asked }
  return { held: trust.verdict === 'UNDETERMINED' ? 'OPEN' : 'BROKEN', detail: trust.summary, ...asked }
}

/** Of a stated host the workloads behind the Services of its name, else those that were chosen. */
function workloadsCalled(
  snapshot: Snapshot,
  calling: readonly Workload[],
  { called, means, workloads }: Sides['servers'],
): readonly Workload[] {
  if (called.every(({ service }) => service !== undefined)) return workloads()
  const names = new Set(calling.map(({ cluster, namespace }) => `${cluster} ${namespace}`))
  const hosts = [...names].flatMap((name) => {
    const [cluster = '', namespace = ''] = name.split(' ')
    const domain = snapshot.clusters.get(cluster)?.clusterDomain ?? ''
    return called.flatMap(({ to }) => searchCandidates(to(domain).host.toLowerCase().replace(/\.$/, ''), namespace, domain))
  })
  const behind = workloadsBehind(snapshot, new Set(hosts))
  return means === undefined ? behind : behind.filter(means)
}

const workloadsBehind = (snapshot: Snapshot, hosts: ReadonlySet<string>): readonly Workload[] =>
  [...snapshot.clusters.values()].flatMap((cluster) =>
    [...cluster.resources.services].flatMap(([namespace, services]) =>
      services
        .filter(({ meta }) => hosts.has(`${meta.name}.${namespace}.svc.${cluster.clusterDomain}`))
        .flatMap(({ selector }) =>
          selector === undefined ? [] : cluster.workloads(namespace).filter(({ labels }) => labelsInclude(labels, selector)),
        ),
    ),
  )
