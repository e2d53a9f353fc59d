/**
 * Which PeerAuthentications lose against another of their kind?
 *
 * For a mesh, a namespace and a workload only the oldest policy counts, and nothing of the others is merged into it. Rule TLS-1.
 */
import { groupBy } from '../../group-by.js'
import type { PeerAuthentication } from '../../resources/istio/peer-authentication.js'
import { byAge } from '../../snapshot/by-age.js'
import { indexBySelector } from '../../snapshot/selector-index.js'
import type { Breach, Rule } from '../rule.js'
import { peerAuthenticationsOf, type PlacedAuthentication, workloadsFor } from './peer-authentications.js'

/** Who wins over a policy, and where. */
interface Lost {
  readonly placed: PlacedAuthentication
  readonly winner: PeerAuthentication
  /** Undefined: everywhere in its namespace, or mesh. */
  readonly workload: string | undefined
}

const saysTheSame = (one: PeerAuthentication, other: PeerAuthentication): boolean =>
  one.mode === other.mode && JSON.stringify(one.portModes) === JSON.stringify(other.portModes)

function* lostAmong(policies: readonly PlacedAuthentication[], workload?: string): Generator<Lost> {
  const [winner, ...others] = policies.toSorted((a, b) => byAge(a.policy, b.policy))
  if (winner === undefined) return
  for (const placed of others) if (!saysTheSame(placed.policy, winner.policy)) yield { placed, winner: winner.policy, workload }
}

/** Of those that select workloads, the losers at some of them. */
function* lostAtWorkloads(policies: readonly PlacedAuthentication[]): Generator<Lost> {
  const [first] = policies
  if (first === undefined || policies.length < 2) return
  const index = indexBySelector(policies, ({ policy }) => policy.selector ?? {})
  for (const { labels, owner } of workloadsFor(first)) yield* lostAmong(index.matching(labels), owner.name)
}

const groupsOf = (policies: Iterable<PlacedAuthentication>): Iterable<readonly PlacedAuthentication[]> =>
  groupBy(policies, ({ view, level, policy }) => `${view.controlPlane.name} ${level} ${policy.meta.namespace}`).values()

const reach = { MESH: 'the mesh', NAMESPACE: 'the namespace', WORKLOAD: 'a workload', IGNORED: 'nothing' } as const

/** A second PeerAuthentication for the same workloads. */
export const peerAuthenticationOutvoted: Rule = {
  code: 'TLS104',
  name: 'peer-authentication-outvoted',
  severity: 'WARNING',
  istio: [],
  kiali: [],
  summary: 'A PeerAuthentication counts for nothing, since an older one is for the same mesh, namespace or workload (TLS-1).',
  *check(snapshot): Iterable<Breach> {
    const told = new Set<PeerAuthentication>()
    for (const group of groupsOf(peerAuthenticationsOf(snapshot))) {
      const level = group[0]?.level ?? 'IGNORED'
      if (level === 'IGNORED') continue
      for (const { placed, winner, workload } of level === 'WORKLOAD' ? lostAtWorkloads(group) : lostAmong(group)) {
        const { policy, view } = placed
        if (told.has(policy)) continue
        told.add(policy)
        const where = workload === undefined ? reach[level] : `workload \`${workload}\``
        yield {
          on: view.ref(policy.meta),
          message: `PeerAuthentication \`${winner.meta.namespace}/${winner.meta.name}\` is for ${where} as well and comes first by age, then by name: of this one nothing holds there; write what both say into one`,
        }
      }
    }
  },
}
