/**
 * At what of single instances do the policies look that select an end of a connection?
 *
 * Selectors go by labels, which equal instances share. Addresses count only where a block takes some of the caller's instances and not all;
 * nodes only where one end uses its node's network; and a pod that may call itself is told from its twins. Rules NP-11, NP-14.
 */
import type { Client } from '../call/call.js'
import { allLooks, type Look, noLooks } from '../call/look.js'
import type { NetworkPath } from '../call/stage-values.js'
import { remembered } from '../../remembered.js'
import type { Cluster } from '../../snapshot/snapshot.js'
import type { Workload } from '../../snapshot/workloads/workload.js'
import { blockTakes } from '../authorization/block-takes.js'
import type { Connection } from './connection.js'
import type { Direction } from './match-peer.js'
import { adminRulesOf, policiesSelecting, rulesOf, type Selecting } from './policies-selecting.js'

export const policyLooks = (client: Client, { server }: NetworkPath, connections: readonly Connection[]): readonly Look[] =>
  allLooks(
    connections.flatMap((connection) =>
      (['EGRESS', 'INGRESS'] as const).map((direction) => looksAt(client, server, connection, direction)),
    ),
  )

function looksAt(client: Client, server: Workload | undefined, connection: Connection, direction: Direction): readonly Look[] {
  const { opener, receiver } = connection
  const [subject, other] = direction === 'EGRESS' ? [opener, receiver] : [receiver, opener]
  const cluster = subject && client.snapshot.clusters.get(subject.cluster)
  const selecting = subject && cluster && policiesSelecting(cluster, subject, direction)
  if (selecting === undefined || cluster === undefined) return noLooks
  const blocks = blocksOf(cluster, selecting, direction)
  return [
    ...(other === client.workload && splits(blocks, client.addresses) ? (['CALLER_ADDRESS'] as const) : []),
    ...(other !== undefined && other === server && parts(client.snapshot.clusters.get(other.cluster), blocks)
      ? (['SERVER_ADDRESS'] as const)
      : []),
    ...nearnessLooks(connection),
  ]
}

/** How near two ends are is looked at where one uses its node's network, and where both are instances of one owner. */
const nearnessLooks = ({ opener, receiver }: Connection): readonly Look[] => [
  ...(opener.hostNetwork || receiver?.hostNetwork === true ? (['CALLER_NODE', 'SERVER_PLACE'] as const) : []),
  ...(receiver !== undefined && isOfOneOwner(opener, receiver) ? (['CALLER_ADDRESS', 'SERVER_ITSELF'] as const) : []),
]

/** Everything that is compared with the address of the other end. */
const blocksOf = remembered((cluster: Cluster, selecting: Selecting, direction: Direction): readonly string[] => [
  ...selecting.policies.flatMap((policy) =>
    (rulesOf(policy, direction) ?? []).flatMap(({ peers = [] }) =>
      peers.flatMap(({ ipBlock }) => (ipBlock === undefined ? [] : [ipBlock.cidr, ...ipBlock.except])),
    ),
  ),
  ...selecting.admin.flatMap(({ policy }) =>
    adminRulesOf(policy, direction).flatMap(({ peers }) =>
      peers.flatMap((peer) => (peer.kind === 'NETWORKS' ? peer.cidrs : peer.kind === 'NODES' ? nodeAddresses(cluster) : [])),
    ),
  ),
])

const nodeAddresses = ({ resources }: Cluster): readonly string[] => [...resources.nodes.values()].flatMap(({ addresses }) => addresses)

/** Does any block take in some of the addresses only? */
const splits = (blocks: readonly string[], addresses: readonly string[] = []): boolean =>
  addresses.length > 1 && blocks.some((block) => new Set(addresses.map((address) => blockTakes(block, address))).size > 1)

/** Of the addresses of all pods and machines of a cluster; found out once for each block. */
const partsAny = remembered(({ resources }: Cluster, block: string): boolean => {
  let taken: string | undefined
  const differs = (address: string): boolean => {
    const takes = blockTakes(block, address)
    taken ??= takes
    return takes !== taken
  }
  for (const pods of resources.pods.values()) if (pods.some(({ ips }) => ips.some(differs))) return true
  for (const entries of resources.workloadEntries.values()) if (entries.some(({ endpoint }) => differs(endpoint.address))) return true
  return false
})

const parts = (cluster: Cluster | undefined, blocks: readonly string[]): boolean =>
  cluster !== undefined && blocks.some((block) => partsAny(cluster, block))

/** One of them may be the other. */
const isOfOneOwner = (one: Workload, other: Workload): boolean =>
  one.cluster === other.cluster &&
  one.namespace === other.namespace &&
  one.owner.kind === other.owner.kind &&
  one.owner.name === other.owner.name
