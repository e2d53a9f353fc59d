/**
 * Who stands at the other end of a connection, as the policies of one cluster see it?
 *
 * Policies know the pods of their own cluster only: a pod of another cluster, a virtual machine and a gateway's address are addresses to
 * them. Rules NP-1, NP-4, NP-11.
 */
import { isVisitor } from '../../snapshot/workloads/visitor.js'
import { ipFamily } from '../../istiod/matching/ip-family.js'
import type { Snapshot } from '../../snapshot/snapshot.js'
import type { Workload } from '../../snapshot/workloads/workload.js'

/** `among`: addresses, or ranges in which the address lies; empty where nothing says. */
export type Peer = { readonly among: readonly string[]; readonly name: string } & (
  | { readonly kind: 'POD'; readonly pod: Workload }
  /** A pod that uses its node's network. */
  | { readonly kind: 'NODE'; readonly pod: Workload }
  /** `far`: a pod of another cluster that keeps its own address; `unseen`: a pod of this cluster whose object is not given. */
  | { readonly kind: 'ADDRESS'; readonly far?: Workload; readonly unseen?: true }
)

/** Virtual machines are no pods. */
export const isPod = ({ meta }: Workload): boolean => meta.kind !== 'WorkloadEntry' && meta.kind !== 'WorkloadGroup'

/** A workload by what users call it; its instances are alike here. */
export const nameOf = ({ namespace, owner }: Workload): string => `\`${namespace}/${owner.name}\``

const ofFamily = (addresses: readonly string[], family: ReturnType<typeof ipFamily>): readonly string[] => {
  const same = family === undefined ? [] : addresses.filter((address) => ipFamily(address.split('/')[0] ?? '') === family)
  return same.length > 0 ? same : addresses
}

/** Its own addresses, of the family that is dialled; a pod that nobody has started has one of its cluster's ranges. */
export const addressesOf = (snapshot: Snapshot, workload: Workload, dialled: string): readonly string[] => {
  const ranges = workload.hostNetwork || !isPod(workload) ? [] : (snapshot.clusters.get(workload.cluster)?.podCidrs ?? [])
  return ofFamily(workload.ips.length > 0 ? workload.ips : ranges, ipFamily(dialled))
}

/** The instance itself, among pods of its cluster. */
export const podPeer = (snapshot: Snapshot, pod: Workload, dialled: string): Peer => {
  const among = addressesOf(snapshot, pod, dialled)
  if (!isPod(pod)) return { kind: 'ADDRESS', among, name: nameOf(pod) }
  return { kind: pod.hostNetwork ? 'NODE' : 'POD', pod, among, name: nameOf(pod) }
}

/** A pod or a machine of another cluster, met at its own address. */
export const farPeer = (snapshot: Snapshot, workload: Workload, dialled: string): Peer => {
  const name = isVisitor(workload) ? 'clients of every address outside' : `${nameOf(workload)} of \`${workload.cluster}\``
  const among = addressesOf(snapshot, workload, dialled)
  return isPod(workload) && !workload.hostNetwork ? { kind: 'ADDRESS', among, name, far: workload } : { kind: 'ADDRESS', among, name }
}

export const addressPeer = (address: string, unseen = false): Peer => ({
  kind: 'ADDRESS',
  ...(unseen ? { unseen: true } : {}),
  among: ipFamily(address) === undefined ? [] : [address],
  name: `\`${address}\``,
})
