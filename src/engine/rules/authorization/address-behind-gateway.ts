/**
 * Do policies look for addresses of callers that come through a gateway?
 *
 * Across networks the server sees the address of its own network's gateway, never the caller's pod: a block of the caller's pods does not take those calls
 * in. Only pod ranges that the document states are held against the blocks. Rule AUTHZ-18.
 */
import { blockTakes } from '../../analysis/authorization/block-takes.js'
import type { Cluster, Snapshot } from '../../snapshot/snapshot.js'
import type { Breach, Rule } from '../rule.js'
import { judgeDead } from './judge-dead.js'
import { type PlacedPolicy, policiesOf } from './policies-of.js'
import { sourceValues } from './stated-values.js'

const takesPods =
  (block: string) =>
  ({ podCidrs }: Cluster): boolean =>
    podCidrs.some((range) => blockTakes(block, range) !== 'NONE')

/** Clusters whose pods come through a gateway to everything that enforces the policy. */
function clustersBehind(snapshot: Snapshot, { at }: PlacedPolicy): readonly Cluster[] {
  const networks = new Set(at.map(({ cluster }) => cluster.network.value))
  const [network, ...others] = networks
  if (network === undefined || others.length > 0 || at.some(({ view }) => !view.gateways.has(network))) return []
  return [...snapshot.clusters.values()].filter(
    ({ network: { value } }) => value !== undefined && value !== network && !snapshot.routable(value, network),
  )
}

/** A block of addresses that no caller is seen with. */
export const addressBehindGateway: Rule = {
  code: 'AUT115',
  name: 'address-behind-gateway',
  severity: 'WARNING',
  istio: [],
  kiali: [],
  summary: 'A rule is about addresses of pods on another network, whose calls are seen with the address of a gateway (AUTHZ-18).',
  *check(snapshot): Iterable<Breach> {
    for (const placed of policiesOf(snapshot)) {
      const { policy, view } = placed
      const values = [...sourceValues(policy, 'ipBlocks', 'source.ip')]
      const behind = values.length === 0 ? [] : clustersBehind(snapshot, placed)
      if (behind.length === 0) continue
      const judge = judgeDead(placed, () => false)
      for (const one of values) {
        // What a block takes in of the servers' own network as well, it may be meant for.
        const cluster = behind.find(takesPods(one.value))
        const isOwn = placed.at.some(({ cluster: own }) => takesPods(one.value)(own))
        if (cluster === undefined || isOwn) continue
        const message = `\`${one.value}\` is where pods of cluster \`${cluster.name}\` are, and their calls come through a gateway, whose address is seen instead: ${judge(one, false).effect}; ask for who calls by \`principals\` or \`namespaces\``
        yield { on: view.ref(policy.meta, one.path), message }
      }
    }
  },
}
