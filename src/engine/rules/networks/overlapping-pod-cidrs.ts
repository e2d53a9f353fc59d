import type { Snapshot } from '../../snapshot/snapshot.js'
import { type AddressRange, readRange } from './address-range.js'
import { headerRef } from '../../snapshot/references.js'
import type { Breach, Rule } from '../rule.js'

interface Claim {
  readonly cluster: string
  readonly cidr: string
  readonly range: AddressRange
}

const order = (a: Claim, b: Claim): number => (a.range.first < b.range.first ? -1 : a.range.first > b.range.first ? 1 : 0)

/** Pod CIDRs by the network they are routed in; clusters that state none share one. */
const claimsByNetwork = (snapshot: Snapshot): Map<string, Claim[]> => {
  const byNetwork = new Map<string, Claim[]>()
  for (const cluster of snapshot.clusters.values()) {
    for (const cidr of cluster.podCidrs) {
      const range = readRange(cidr)
      if (range === undefined) continue
      const key = `${cluster.network.value ?? ''} ${range.family}`
      byNetwork.set(key, [...(byNetwork.get(key) ?? []), { cluster: cluster.name, cidr, range }])
    }
  }
  return byNetwork
}

/** One sweep over the sorted ranges: each is compared with the one that reaches furthest so far. */
function* overlaps(claims: readonly Claim[]): Iterable<readonly [Claim, Claim]> {
  let furthest: Claim | undefined
  for (const claim of [...claims].sort(order)) {
    if (furthest !== undefined && claim.range.first <= furthest.range.last && claim.cluster !== furthest.cluster) yield [furthest, claim]
    if (furthest === undefined || claim.range.last > furthest.range.last) furthest = claim
  }
}

export const overlappingPodCidrs: Rule = {
  code: 'NET102',
  name: 'overlapping-pod-cidrs',
  severity: 'ERROR',
  istio: [],
  kiali: [],
  summary: 'Two clusters of one network give their pods the same addresses, so packets to them cannot be told apart.',
  *check(snapshot): Iterable<Breach> {
    for (const [key, claims] of claimsByNetwork(snapshot)) {
      const network = key.split(' ')[0] ?? ''
      for (const [one, other] of overlaps(claims)) {
        const where = network === '' ? 'no network is stated, so both clusters share one' : `both clusters are in network \`${network}\``
        yield {
          on: headerRef('Cluster', other.cluster, 'podCidrs'),
          message: `pod CIDR \`${other.cidr}\` overlaps \`${one.cidr}\` of cluster \`${one.cluster}\`: ${where}`,
        }
      }
    }
  },
}
