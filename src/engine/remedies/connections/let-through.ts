import type { Connection } from '../../analysis/network-policy/connection.js'
import type { JudgedEnd } from '../../analysis/network-policy/judge-connection.js'
import { addressesOf, isPod } from '../../analysis/network-policy/peer.js'
import type { ClusterResources } from '../../resources/cluster-resources.js'
import { putManifests } from '../../simulate/put-manifests.js'
import type { Snapshot } from '../../snapshot/snapshot.js'
import type { Workload } from '../../snapshot/workloads/workload.js'
import { freeName } from '../free-name.js'
import type { ClusterManifests, Proposal } from '../proposal.js'
import { selectorOf } from '../selector-of.js'
import { tellStays } from '../told/stays.js'

/** Policies that let exactly these connections through, at the ends that do not; one for each end and peer. */
export const letThrough = (snapshot: Snapshot, ends: readonly JudgedEnd[], called?: string): Proposal => {
  const distinct = [...new Map(ends.map((end) => [keyOf(end), end])).values()]
  const parts = [...new Set(distinct.map(({ subject }) => subject.cluster))].map((cluster): ClusterManifests => {
    const here = distinct.filter(({ subject }) => subject.cluster === cluster)
    const made: Named[] = []
    return { cluster, manifests: here.map((end) => policyFor(snapshot, end, called, made)) }
  })
  const clusters = new Map(
    parts.map(({ cluster, manifests }) => [cluster, (resources: ClusterResources) => putManifests(resources, manifests)]),
  )
  return {
    summary: `let ${tell(distinct)} by one more NetworkPolicy; ${tellStays(restricting(distinct))}`,
    parts,
    change: { clusters },
  }
}

/** Of a policy: both ends of a connection may stand in one namespace. */
interface Named {
  readonly meta: { readonly namespace: string; readonly name: string }
}

const keyOf = ({ subject, direction, connection: { opener, receiver, ports } }: JudgedEnd): string =>
  [
    subject.cluster,
    direction,
    opener.namespace,
    opener.owner.name,
    receiver?.cluster,
    receiver?.namespace,
    receiver?.owner.name,
    ports,
  ].join('/')

const nameOf = ({ namespace, owner }: Workload): string => `\`${namespace}/${owner.name}\``

const tell = (ends: readonly JudgedEnd[]): string =>
  [
    ...new Set(
      ends.map(
        ({ connection: { opener, receiver, dialled, ports } }) =>
          `${nameOf(opener)} call ${ports.length === 1 ? `port ${ports[0]} of ` : ''}${receiver === undefined ? `\`${dialled.address}\`` : nameOf(receiver)}`,
      ),
    ),
  ].join(' and ')

/** What restricts them now. */
const restricting = (ends: readonly JudgedEnd[]): readonly string[] =>
  ends.flatMap(({ selecting }) => selecting.map(({ namespace, name }) => `${namespace}/${name}`))

const policyFor = (snapshot: Snapshot, end: JudgedEnd, called: string | undefined, made: Named[]): unknown => {
  const { subject, direction, connection } = end
  const { namespace } = subject
  const callee = called ?? connection.receiver?.owner.name ?? connection.dialled.address
  const taken = snapshot.clusters.get(subject.cluster)?.resources.networkPolicies.get(namespace) ?? []
  const name = freeName(`allow-${connection.opener.owner.name}-to-${callee}`, [
    ...taken,
    ...made.filter(({ meta }) => meta.namespace === namespace),
  ])
  made.push({ meta: { namespace, name } })
  const peers = peersFor(snapshot, end)
  const rule = { ...(peers.length === 0 ? {} : { [direction === 'INGRESS' ? 'from' : 'to']: peers }), ports: portsFor(end) }
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name, namespace },
    spec: {
      podSelector: { matchLabels: selectorOf(snapshot, subject) },
      policyTypes: [direction === 'INGRESS' ? 'Ingress' : 'Egress'],
      [direction === 'INGRESS' ? 'ingress' : 'egress']: [rule],
    },
  }
}

/** Large answers of DNS come over TCP. */
const portsFor = ({ direction, connection }: JudgedEnd): readonly unknown[] => {
  const isAddress = direction === 'EGRESS' && !seesPod(connection)
  const ports = isAddress ? [connection.dialled.port] : connection.ports
  const protocols = connection.protocol === 'UDP' ? ['UDP', 'TCP'] : ['TCP']
  return ports.flatMap((port) => protocols.map((protocol) => ({ protocol, port })))
}

/** Do the policies at one end see the other as a pod? */
const seesPod = ({ opener, receiver, by }: Connection): boolean =>
  receiver !== undefined && receiver.cluster === opener.cluster && by !== 'ENTRANCE'

/** By selectors in one cluster, else by addresses; whoever comes in by an entrance may have any. */
const peersFor = (snapshot: Snapshot, { direction, connection }: JudgedEnd): readonly unknown[] => {
  const { opener, receiver, dialled, by } = connection
  const other = direction === 'INGRESS' ? opener : receiver
  if (other !== undefined && seesPod(connection) && isPod(other)) {
    return [
      {
        namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': other.namespace } },
        podSelector: { matchLabels: selectorOf(snapshot, other) },
      },
    ]
  }
  if (by === 'ENTRANCE' && direction === 'INGRESS') return []
  const addresses = by === 'ENTRANCE' || other === undefined ? [dialled.address] : addressesOfAll(snapshot, other, dialled.address)
  return addresses.map((address) => ({
    ipBlock: { cidr: address.includes('/') ? address : `${address}/${address.includes(':') ? 128 : 32}` },
  }))
}

/** Those of every instance of the workload. */
const addressesOfAll = (snapshot: Snapshot, workload: Workload, dialled: string): readonly string[] => {
  const all = snapshot.clusters.get(workload.cluster)?.workloads(workload.namespace) ?? []
  const alike = all.filter(({ owner }) => owner.kind === workload.owner.kind && owner.name === workload.owner.name)
  return [...new Set([workload, ...alike].flatMap((one) => addressesOf(snapshot, one, dialled)))]
}
