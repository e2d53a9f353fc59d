import type { PolicyPeer } from '../../resources/network-policy/network-policy.js'
import type { AdminPeer, PodsOfNamespaces } from '../../resources/network-policy/admin-policy.js'
import type { Cluster, Snapshot } from '../../snapshot/snapshot.js'
import type { Workload } from '../../snapshot/workloads/workload.js'
import { blockTakes } from '../authorization/block-takes.js'
import { matchBlock } from './match-block.js'
import { matchLabels, matchNamespace } from './match-labels.js'
import { allOf, anyOf, type Match, maybe, no, resting, type Rest } from './match.js'
import type { Peer } from './peer.js'

export type Direction = 'INGRESS' | 'EGRESS'

/** Where a policy stands, and which way the connection goes that it judges. */
export interface Standpoint {
  readonly snapshot: Snapshot
  readonly cluster: Cluster
  /** Of the policy; '' for those of the whole cluster. */
  readonly namespace: string
  readonly direction: Direction
  /** The opener may have dialled a Service's own address, as a sidecar never does (NP-13). */
  readonly virtual: boolean
}

const takesPod = (at: Standpoint, { podSelector, namespaceSelector }: PolicyPeer, pod: Workload, home: Cluster): Match => {
  const inNamespace =
    namespaceSelector === undefined
      ? pod.namespace === at.namespace
        ? undefined
        : no
      : matchNamespace(namespaceSelector, home, pod.namespace)
  const itself = podSelector === undefined ? undefined : matchLabels(podSelector, pod.labels)
  return allOf([inNamespace, itself].flatMap((match) => match ?? []))
}

/** Between clusters nothing is certain but that selectors do not reach there: unless a plugin joins the clusters (NP-1). */
const takesFarPod = (at: Standpoint, peer: PolicyPeer, far: Workload): Match => {
  const home = at.snapshot.clusters.get(far.cluster)
  const would = home === undefined ? no : takesPod(at, peer, far, home)
  return would.value === 'NO' ? no : resting(no, 'NO_CLUSTER_MESH_ASSUMED')
}

/** A block over Service addresses matches nothing, since a pod's is put in place of one before policies look (NP-13). */
const restsOfService = ({ cluster, direction, virtual }: Standpoint, cidr: string): readonly Rest[] =>
  direction === 'EGRESS' && virtual && cluster.serviceCidrs.some((range) => blockTakes(cidr, range) !== 'NONE')
    ? ['SERVICE_ADDRESS_TRANSLATED_ASSUMED']
    : []

const restsOfBlock = (at: Standpoint, peer: Peer, taken: Match, cidr: string): readonly Rest[] => {
  const { direction } = at
  if (peer.kind === 'POD') return taken.value === 'YES' ? ['IP_BLOCK_COVERS_PODS_ASSUMED'] : restsOfService(at, cidr)
  if (peer.kind === 'NODE' || peer.far === undefined) return []
  const source: readonly Rest[] = direction === 'INGRESS' ? ['NO_MASQUERADING_ASSUMED'] : []
  return taken.value === 'YES' ? ['NO_CLUSTER_MESH_ASSUMED', ...source] : source
}

/** Blocks that everything is in say nothing of an address. */
const takesAll = ({ cidr, except }: NonNullable<PolicyPeer['ipBlock']>): boolean => cidr.endsWith('/0') && except.length === 0

/** Does a peer of a NetworkPolicy's rule take this one? Rules NP-1, NP-4, NP-9, NP-11, NP-20. */
export const matchPolicyPeer = (at: Standpoint, peer: PolicyPeer, other: Peer): Match => {
  if (other.kind === 'NODE') return maybe(`what the plugin makes of traffic of ${other.name}, which uses its node's network`)
  if (peer.ipBlock !== undefined) {
    const taken = matchBlock(peer.ipBlock.cidr, peer.ipBlock.except, other.among, other.name)
    const rests = restsOfBlock(at, other, taken, peer.ipBlock.cidr)
    return resting(taken, ...(takesAll(peer.ipBlock) ? rests.filter((one) => one !== 'NO_MASQUERADING_ASSUMED') : rests))
  }
  if (other.kind === 'POD') return takesPod(at, peer, other.pod, at.cluster)
  if (other.unseen === true) return maybe(`the labels of the pod at ${other.name}, whose object is not given`)
  return other.far === undefined ? no : takesFarPod(at, peer, other.far)
}

/** Does a selection of pods by namespaces and labels take the pod? Rule NP-33. */
export const matchPods = ({ namespaces, pods }: PodsOfNamespaces, cluster: Cluster, pod: Pick<Workload, 'namespace' | 'labels'>): Match =>
  allOf([matchNamespace(namespaces, cluster, pod.namespace), matchLabels(pods, pod.labels)])

/** Does a peer of a policy for the whole cluster take this one? Traffic from elsewhere matches no ingress rule. Rule NP-33. */
export const matchAdminPeer = (at: Standpoint, peer: AdminPeer, other: Peer): Match => {
  if (peer.kind === 'PODS') return matchPodsPeer(at, peer, other)
  if (at.direction === 'INGRESS') return no
  if (peer.kind === 'NETWORKS') return anyOf(peer.cidrs.map((cidr) => matchBlock(cidr, [], other.among, other.name)))
  if (other.kind === 'POD') return no
  if (peer.kind === 'DOMAIN_NAMES') return maybe(`which addresses the domain names of the rule stand for`)
  return peer.kind === 'NODES' ? matchNodes(at.cluster, peer.nodes, other) : no
}

const matchPodsPeer = (at: Standpoint, peer: PodsOfNamespaces, other: Peer): Match => {
  if (other.kind === 'POD') return matchPods(peer, at.cluster, other.pod)
  return other.kind === 'ADDRESS' && other.unseen === true ? maybe(`the labels of the pod at ${other.name}, whose object is not given`) : no
}

const matchNodes = ({ resources, name }: Cluster, selector: Extract<AdminPeer, { kind: 'NODES' }>['nodes'], other: Peer): Match => {
  if (resources.nodes.size === 0) return maybe(`the nodes of \`${name}\`, whose objects are not given`)
  const taken = [...resources.nodes.values()].filter(({ meta }) => matchLabels(selector, meta.labels).value === 'YES')
  return anyOf(taken.flatMap(({ addresses }) => addresses.map((address) => matchBlock(address, [], other.among, other.name))))
}
