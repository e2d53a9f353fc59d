/**
 * What the NetworkPolicies that select a pod let through: the union of their rules, and nothing else.
 *
 * There is no order and no deny among them; a pod that none selects for the direction is not restricted by any. Rules NP-4 … NP-9.
 */
import { flatMap } from '../../flat-map.js'
import type { ResourceRef } from '../../model/resource-ref.js'
import { pause } from '../../pause.js'
import { remembered } from '../../remembered.js'
import type { NetworkPolicy } from '../../resources/network-policy/network-policy.js'
import type { Cluster } from '../../snapshot/snapshot.js'
import { ofCluster } from '../../snapshot/of-cluster.js'
import { allowed, type Decision, denied, unknown } from './decision.js'
import { matchPorts } from './match-ports.js'
import { matchPolicyPeer, type Standpoint } from './match-peer.js'
import { nearestRule } from '../near/nearest-rule.js'
import { allOf, anyOf, type Match, no, yes } from './match.js'
import { type PlacedRule, type RuleAbout, rulesAbout } from './rules-about.js'
import { type Seen, tellConnection } from './seen.js'
import { tellPort } from './tell-port.js'

interface Tried extends PlacedRule {
  readonly peer: Match
  readonly ports: Match
}

/** Undefined: it is not about the other end, whatever anything rests on. */
const tryRule = ({ at, other, arriving }: Seen, placed: RuleAbout): Tried | undefined => {
  pause()
  const { policy, rule, peers } = placed
  const standpoint = { ...at, namespace: policy.meta.namespace }
  const peer = peers === undefined ? yes : anyOf(peers.map((one) => matchPolicyPeer(standpoint, one, other)))
  return peer === no ? undefined : { ...placed, peer, ports: matchPorts(rule.ports, arriving) }
}

const keyOf = ({ direction }: Seen['at']): 'ingress' | 'egress' => (direction === 'INGRESS' ? 'ingress' : 'egress')

export const nameSome = (
  { snapshot, cluster }: Pick<Standpoint, 'snapshot' | 'cluster'>,
  policies: readonly { readonly meta: NetworkPolicy['meta'] }[],
): string => {
  const few = policies.length > 3 ? policies.slice(0, 2) : policies
  const names = few.map(({ meta }) => `${meta.kind} \`${meta.namespace === '' ? '' : `${meta.namespace}/`}${meta.name}\``)
  const shown = few === policies ? names : [...names, `${policies.length - 2} more`]
  const last = shown.pop() ?? ''
  return `${shown.length === 0 ? '' : `${shown.join(', ')} and `}${last}${ofCluster(snapshot, cluster.name)}`
}

const restrictedBy = (seen: Seen, policies: readonly NetworkPolicy[]): string => {
  const [verb, rule] = policies.length === 1 ? ['restricts', 'no rule of it'] : ['restrict', 'no rule of theirs']
  const [what, lets] = seen.at.direction === 'INGRESS' ? ['takes', 'admits'] : ['sends', 'lets it call']
  return `${nameSome(seen.at, policies)} ${verb} what ${seen.subject} ${what}, and ${rule} ${lets} ${tellConnection(seen)}`
}

/** A rule that has the peer right and the port wrong is what somebody wants to hear of: often it names the Service's port (NP-12). */
const wrongPorts = (tried: readonly Tried[]): string => {
  const near = tried.filter(({ peer, ports }) => peer.value === 'YES' && ports.value === 'NO').flatMap(({ rule }) => rule.ports ?? [])
  const ports = [...new Set(near.map(tellPort))].slice(0, 4)
  return ports.length === 0 ? '' : `; it would at port ${ports.join(', ')}, and what counts is the pod's own port`
}

/** Each pod that they select asks for the same. */
export const refsOfSelectors = remembered((cluster: Cluster, policies: readonly NetworkPolicy[]): readonly ResourceRef[] =>
  policies.map(({ meta }) => cluster.ref(meta, 'spec.podSelector')),
)

/** Undefined: none of them selects the pod for this direction. */
export const judgeByNetworkPolicies = (seen: Seen, policies: readonly NetworkPolicy[]): Decision | undefined => {
  if (policies.length === 0) return undefined
  const { cluster, direction } = seen.at
  const all = refsOfSelectors(cluster, policies)
  const unclear = policies.find((policy) => policy.unclear)
  if (unclear !== undefined) return unknown(`what ${nameSome(seen.at, [unclear])} says could not be read in full`, all)
  const tried = flatMap(rulesAbout(policies, direction, seen.other), (rule) => tryRule(seen, rule) ?? [])
  const rules = tried.map((one) => ({ ...one, match: allOf([one.peer, one.ports]) }))
  const match = anyOf(rules.map((one) => one.match))
  const letting = rules.find((one) => one.match.value === 'YES' && one.match.rests.length === match.rests.length)
  if (match.value === 'YES' && letting !== undefined) {
    const ref = cluster.ref(letting.policy.meta, `spec.${keyOf(seen.at)}[${letting.position}]`)
    return allowed(
      `${nameSome(seen.at, [letting.policy])} lets ${seen.subject} ${verbOf(seen)} ${tellConnection(seen)}`,
      [ref],
      match.rests,
    )
  }
  if (match.value === 'MAYBE') return unknown(`${restrictedBy(seen, policies)} unless ${match.missing.join(' and ')} says otherwise`, all)
  const open = openByApi(seen)
  const ports = wrongPorts(tried)
  const nearest = ports === '' ? nearestRule(seen, policies) : undefined
  const message = `${restrictedBy(seen, policies)}${ports}${nearest?.message ?? ''}`
  const because = [...all, ...(nearest?.because ?? [])]
  return open === undefined ? denied(message, because, match.rests) : unknown(`${message}; ${open}`, because)
}

const verbOf = ({ at }: Seen): string => (at.direction === 'INGRESS' ? 'take' : 'call')

/** Rule NP-4. */
const openByApi = ({ onHostNetwork, other, subject }: Seen): string | undefined => {
  if (onHostNetwork) return `whether policies concern ${subject}, which uses its node's network, depends on the plugin`
  return other.kind === 'NODE'
    ? `whether policies concern traffic of ${other.name}, which uses its node's network, depends on the plugin`
    : undefined
}
