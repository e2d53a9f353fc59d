/**
 * What the policies at the two ends of a connection make of it: the opener's of what it sends, the receiver's of what it takes.
 *
 * Each end is judged in its own cluster, which sees the other end as a pod or as an address. Where it may see either, or the connection may
 * arrive at one port or another, all must agree. Rules NP-1, NP-3, NP-11 … NP-14, NP-16, NP-18, NP-20.
 */
import type { ResourceRef } from '../../model/resource-ref.js'
import type { Cluster, Snapshot } from '../../snapshot/snapshot.js'
import type { Workload } from '../../snapshot/workloads/workload.js'
import { assumedPod } from '../../snapshot/workloads/assumed-pod.js'
import type { Connection } from './connection.js'
import { type Decision, eitherOf, unknown } from './decision.js'
import { judgeEnd, type Nearness, refsSelecting } from './judge-end.js'
import { type Arriving, namesAt } from './match-ports.js'
import type { Direction } from './match-peer.js'
import { nearnessOf } from './nearness.js'
import type { Seen } from './seen.js'
import { addressPeer, farPeer, nameOf, type Peer, podPeer } from './peer.js'
import { policiesSelecting, type Selecting } from './policies-selecting.js'

/** One end that policies restrict. */
export interface JudgedEnd {
  readonly direction: Direction
  readonly subject: Workload
  readonly connection: Connection
  readonly nearness: Nearness
  /** Undefined: its cluster enforces none. */
  readonly decision: Decision | undefined
  readonly selecting: readonly ResourceRef[]
}

interface View {
  readonly other: Peer
  readonly arriving: Arriving
}

const arrivingAt = ({ protocol = 'TCP' }: Connection, port: number, names: Arriving['names']): Arriving => ({ port, protocol, names })

/** What the opener's policies see of the other end. */
const viewsOfReceiver = (snapshot: Snapshot, connection: Connection): readonly View[] => {
  const { opener, receiver, dialled, ports, by } = connection
  const isUnseen = connection.unseen?.cluster === opener.cluster
  const outside: View = { other: addressPeer(dialled.address, isUnseen), arriving: arrivingAt(connection, dialled.port, undefined) }
  if (receiver === undefined) return [outside]
  if (opener.cluster === receiver.cluster) {
    const own = ports.map((port) => ({
      other: podPeer(snapshot, receiver, dialled.address),
      arriving: arrivingAt(connection, port, namesAt(receiver)),
    }))
    return by === 'ENTRANCE' ? [...own, outside] : own
  }
  if (by === 'ENTRANCE') return [outside]
  return ports.map((port) => ({ other: farPeer(snapshot, receiver, dialled.address), arriving: arrivingAt(connection, port, undefined) }))
}

/** What the receiver's policies see of the opener; behind an entrance its address may be another, and it is no pod any more. */
const viewsOfOpener = (snapshot: Snapshot, connection: Connection): readonly View[] => {
  const { opener, receiver, dialled, ports, by } = connection
  if (receiver === undefined) return []
  const { address } = dialled
  const translated: Peer = { kind: 'ADDRESS', among: [], name: `whoever comes in by \`${address}\`` }
  const near = opener.cluster === receiver.cluster
  const own = near ? podPeer(snapshot, opener, address) : farPeer(snapshot, opener, address)
  const peers = by !== 'ENTRANCE' ? [own] : near ? [own, translated] : [translated]
  return ports.flatMap((port) => peers.map((other) => ({ other, arriving: arrivingAt(connection, port, namesAt(receiver)) })))
}

const decideEnd = (seen: readonly Seen[], selecting: Selecting, nearness: Nearness): Decision => {
  const [first, ...rest] = seen.map((one) => judgeEnd(one, selecting, nearness))
  if (first === undefined) return unknown('nothing says where the connection arrives', [])
  const missing = `it depends on how the connection looks on the wire, which the network plugin decides`
  return rest.reduce((one, other) => eitherOf(one, other, missing), first)
}

/** One end of a connection, in its own cluster. */
export interface End {
  readonly subject: Workload
  readonly cluster: Cluster
}

/** Undefined: nobody whom the topology knows. */
export const endOf = (snapshot: Snapshot, { opener, receiver }: Connection, direction: Direction): End | undefined => {
  const subject = direction === 'EGRESS' ? opener : receiver
  const cluster = subject === undefined ? undefined : snapshot.clusters.get(subject.cluster)
  return subject === undefined || cluster === undefined ? undefined : { subject, cluster }
}

/** The connection as the policies at that end may see it. */
export const seenAt = (snapshot: Snapshot, connection: Connection, direction: Direction, { subject, cluster }: End): readonly Seen[] => {
  const virtual = connection.by === 'VIRTUAL' || connection.opener.dataPlane === 'NONE'
  const end = { at: { snapshot, cluster, direction, virtual }, subject: nameOf(subject), onHostNetwork: subject.hostNetwork }
  const views = direction === 'EGRESS' ? viewsOfReceiver(snapshot, connection) : viewsOfOpener(snapshot, connection)
  return views.map((view) => ({ ...end, ...view }))
}

const judge = (snapshot: Snapshot, connection: Connection, direction: Direction): JudgedEnd | undefined => {
  const end = endOf(snapshot, connection, direction)
  const selecting = end === undefined ? undefined : policiesSelecting(end.cluster, end.subject, direction)
  if (end === undefined || selecting === undefined) return undefined
  const { subject, cluster } = end
  const refs = refsSelecting(cluster, selecting)
  const judged = { direction, subject, connection, nearness: nearnessOf(snapshot, connection), selecting: refs }
  if (statedEnforcement(snapshot, cluster.name) === false) return { ...judged, decision: undefined }
  return { ...judged, decision: decideEnd(seenAt(snapshot, connection, direction, end), selecting, judged.nearness) }
}

/** Of a pod whose object is not given nobody knows which policies of its namespace select it. */
const judgeUnseen = (snapshot: Snapshot, connection: Connection): JudgedEnd | undefined => {
  const cluster = snapshot.clusters.get(connection.unseen?.cluster ?? '')
  if (connection.unseen === undefined || cluster === undefined) return undefined
  const { namespace } = connection.unseen
  const { address } = connection.dialled
  const policies = (cluster.resources.networkPolicies.get(namespace) ?? []).filter(({ ingress }) => ingress !== undefined)
  if (policies.length === 0) return undefined
  const subject = assumedPod(cluster, { namespace, name: address, labels: {}, ports: [] })
  const selecting = policies.map(({ meta }) => cluster.ref(meta, 'spec.podSelector'))
  const message = `whether policies of namespace \`${namespace}\` select the pod at \`${address}\` depends on its labels, and its object is not given`
  const decision = statedEnforcement(snapshot, cluster.name) === false ? undefined : unknown(message, selecting)
  return { direction: 'INGRESS', subject, connection, nearness: 'APART', decision, selecting }
}

/** Does somebody say whether policies are enforced there? Where nobody does, that they are is an assumption if they decide (NP-2). */
export const statedEnforcement = (snapshot: Snapshot, cluster: string): boolean | undefined =>
  snapshot.header.clusters.find((entry) => entry.name === cluster)?.networkPolicyEnforced

/** The ends of a connection that policies restrict, the opener's first; none where nothing does. */
export const judgeConnection = (snapshot: Snapshot, connection: Connection): readonly JudgedEnd[] =>
  [judge(snapshot, connection, 'EGRESS'), judge(snapshot, connection, 'INGRESS') ?? judgeUnseen(snapshot, connection)].flatMap(
    (end) => end ?? [],
  )
