/**
 * In which fields does a rule of a NetworkPolicy miss a connection?
 *
 * Of its peers the nearest counts: the one that misses in the fewest fields. Rules NP-1, NP-8 … NP-12.
 */
import { listSome } from '../answer/list-some.js'
import type { PolicyPeer, PolicyRule } from '../../resources/network-policy/network-policy.js'
import { namespaceLabels } from '../../snapshot/namespace-labels.js'
import type { Workload } from '../../snapshot/workloads/workload.js'
import type { Seen } from '../network-policy/seen.js'
import { tellPort } from '../network-policy/tell-port.js'
import { matchBlock } from '../network-policy/match-block.js'
import { matchPolicyPeer } from '../network-policy/match-peer.js'
import { matchPorts } from '../network-policy/match-ports.js'
import { labelMisses } from './label-misses.js'

/** A field that keeps a rule from a connection: what it asks for, and what the connection has. */
export interface PeerMiss {
  readonly path: string
  readonly text: string
  readonly far: number
}

/** None where the rule lets the connection through, or may. */
export function missesOfRule(seen: Seen, namespace: string, rule: PolicyRule, at: string): readonly PeerMiss[] {
  return [...missedPeer(seen, namespace, rule, at), ...missedPort(seen, rule, at)]
}

function missedPeer(seen: Seen, namespace: string, { peers }: PolicyRule, at: string): readonly PeerMiss[] {
  const standpoint = { ...seen.at, namespace }
  if (peers === undefined || peers.some((peer) => matchPolicyPeer(standpoint, peer, seen.other).value !== 'NO')) return []
  const key = seen.at.direction === 'INGRESS' ? 'from' : 'to'
  const [nearest] = peers
    .map((peer, position) => missesOfPeer(seen, namespace, peer, `${at}.${key}[${position}]`))
    .filter((misses) => misses.length > 0)
    .sort((a, b) => farOff(a) - farOff(b))
  return nearest ?? []
}

export const farOff = (misses: readonly PeerMiss[]): number => misses.reduce((sum, { far }) => sum + far, 0)

const miss = (path: string, wants: string, has: string, far: number): PeerMiss => ({ path, text: `${wants} (${has})`, far })

function missesOfPeer(seen: Seen, namespace: string, peer: PolicyPeer, at: string): readonly PeerMiss[] {
  const { other } = seen
  if (peer.ipBlock !== undefined) return missesOfBlock(seen, peer.ipBlock, `${at}.ipBlock`)
  if (other.kind === 'POD') return missesOfPod(seen, namespace, peer, other.pod, at)
  const elsewhere = other.kind === 'ADDRESS' ? other.far : undefined
  const name = seen.at.cluster.name
  const has = elsewhere === undefined ? `${other.name} is none of them` : `${named(elsewhere)} is in \`${elsewhere.cluster}\``
  return [miss(at, `pods of cluster \`${name}\``, has, 4)]
}

const named = ({ namespace, owner }: Workload): string => `\`${namespace}/${owner.name}\``

function missesOfPod(seen: Seen, namespace: string, { podSelector, namespaceSelector }: PolicyPeer, pod: Workload, at: string) {
  const home = namespaceLabels(seen.at.cluster, pod.namespace).labels
  const ofNamespace =
    namespaceSelector === undefined
      ? pod.namespace === namespace
        ? []
        : [miss(at, `pods of namespace \`${namespace}\``, `${named(pod)} is in \`${pod.namespace}\``, 2)]
      : labelMisses(namespaceSelector, home)
          .slice(0, 1)
          .map(({ wants, has, far }) => miss(`${at}.namespaceSelector`, `namespaces with ${wants}`, `\`${pod.namespace}\` has ${has}`, far))
  const ofPod = podSelector === undefined ? [] : labelMisses(podSelector, pod.labels)
  return [
    ...ofNamespace,
    ...ofPod
      .slice(0, 1)
      .map(({ wants, has, far }) => miss(`${at}.podSelector`, `pods with ${wants}`, `${named(pod)} has ${has}`, far + ofPod.length - 1)),
  ]
}

function missesOfBlock({ other }: Seen, { cidr, except }: NonNullable<PolicyPeer['ipBlock']>, at: string): readonly PeerMiss[] {
  const { among, name } = other
  const has = among.length === 0 ? `the address of ${name} is not known` : `${name} has ${tellAddress(among[0] ?? '')}`
  if (matchBlock(cidr, [], among, name).value === 'NO') return [miss(at, `addresses of \`${cidr}\``, has, 3)]
  const left = except.filter((one) => matchBlock(one, [], among, name).value === 'YES')
  return left.length === 0 ? [] : [miss(`${at}.except`, `addresses outside of ${listSome(left)}`, has, 2)]
}

const tellAddress = (address: string): string => (address.includes('/') ? `one of \`${address}\`` : `\`${address}\``)

function missedPort({ arriving }: Seen, { ports = [] }: PolicyRule, at: string): readonly PeerMiss[] {
  if (ports.length === 0 || matchPorts(ports, arriving).value !== 'NO') return []
  const protocol = arriving.protocol === 'TCP' ? '' : `/${arriving.protocol}`
  return [
    miss(
      `${at}.ports`,
      `port ${listSome([...new Set(ports.map(tellPort))], 'or')}`,
      `the call is to port \`${arriving.port}${protocol}\` of the pod`,
      2,
    ),
  ]
}
