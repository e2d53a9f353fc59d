/**
 * Policies for the whole cluster: the first rule that matches, by priority and then by order, allows, denies, or passes on to the next tier.
 *
 * Two objects of one priority whose rules disagree are not defined. Rules NP-30 … NP-34.
 */
import type { AdminPolicy, AdminRule } from '../../resources/network-policy/admin-policy.js'
import { allowed, type Decision, denied, eitherOf, unknown } from './decision.js'
import { matchAdminPeer } from './match-peer.js'
import { matchPorts } from './match-ports.js'
import { allOf, anyOf, type Match, resting, yes } from './match.js'
import { nameSome } from './judge-by-network-policies.js'
import { type Seen, tellConnection } from './seen.js'
import { type AdminSelecting, adminRulesOf } from './policies-selecting.js'

type Next = () => Decision

interface Placed {
  readonly policy: AdminPolicy
  readonly rule: AdminRule
  readonly position: number
  readonly match: Match
}

/** A peer that is not known fails closed: nothing is allowed by it, and everything denied (NP-33). */
const peersOf = (seen: Seen, { action, peers }: AdminRule): Match => {
  if (action !== 'ALLOW' && peers.some(({ kind }) => kind === 'UNKNOWN')) return yes
  return anyOf(peers.map((peer) => matchAdminPeer({ ...seen.at, namespace: '' }, peer, seen.other)))
}

const place = (seen: Seen, { policy, selects }: AdminSelecting): readonly Placed[] =>
  adminRulesOf(policy, seen.at.direction).map((rule, position) => {
    const failsClosed = rule.peers.some(({ kind }) => kind === 'UNKNOWN') && rule.action === 'PASS'
    const match = allOf([selects, peersOf(seen, rule), matchPorts(rule.ports, seen.arriving)])
    return { policy, rule: failsClosed ? { ...rule, action: 'DENY' } : rule, position, match }
  })

const refOf = (seen: Seen, { policy, position }: Placed) =>
  seen.at.cluster.ref(policy.meta, `spec.${seen.at.direction === 'INGRESS' ? 'ingress' : 'egress'}[${position}]`)

const act = (seen: Seen, placed: Placed, next: Next): Decision => {
  const { policy, rule, match } = placed
  if (rule.action === 'PASS') return next()
  const name = rule.name === '' ? '' : ` by its rule \`${rule.name}\``
  const [verb, make] = rule.action === 'ALLOW' ? (['allows', allowed] as const) : (['denies', denied] as const)
  const message = `${nameSome(seen.at, [policy])} ${verb} ${seen.subject} to ${seen.at.direction === 'INGRESS' ? 'take' : 'call'} ${tellConnection(seen)}${name}`
  return { ...make(message, [refOf(seen, placed)], match.rests), admin: true }
}

/** The first rule of another object of the same priority that matches and does something else. */
const contradiction = (first: Placed, rest: readonly Placed[]): Placed | undefined => {
  const seen = new Set<AdminPolicy>([first.policy])
  for (const other of rest) {
    if (other.policy.priority !== first.policy.priority || seen.has(other.policy) || other.match.value === 'NO') continue
    seen.add(other.policy)
    if (other.rule.action !== first.rule.action) return other
  }
  return undefined
}

const versions = (placed: readonly Placed[]): number =>
  new Set(placed.map(({ policy }) => policy.meta.kind === 'ClusterNetworkPolicy')).size

const decide = (seen: Seen, rules: readonly Placed[], from: number, next: Next): Decision => {
  const position = rules.findIndex(({ match }, index) => index >= from && match.value !== 'NO')
  const first = rules[position]
  if (first === undefined) return next()
  const rest = rules.slice(position + 1)
  const other = contradiction(first, rest)
  if (other !== undefined) {
    const both = nameSome(seen.at, [first.policy, other.policy])
    return unknown(`${both} have one priority and disagree, which is not defined`, [refOf(seen, first), refOf(seen, other)])
  }
  const made = act(seen, first, next)
  if (first.match.value === 'YES') return made
  const missing = `whether ${nameSome(seen.at, [first.policy])} has a say depends on ${first.match.missing.join(' and ')}`
  return eitherOf(made, decide(seen, rules, position + 1, next), missing)
}

/** One tier; `next` is what holds where it says nothing. Rule NP-31: objects of both versions together are one tier, as an assumption. */
export const judgeByTier = (seen: Seen, selecting: readonly AdminSelecting[], tier: AdminPolicy['tier'], next: Next): Decision => {
  const here = selecting.filter(({ policy }) => policy.tier === tier)
  if (here.length === 0) return next()
  const unclear = here.find(({ policy }) => policy.unclear)?.policy
  if (unclear !== undefined) {
    return unknown(`what ${nameSome(seen.at, [unclear])} says could not be read in full`, [seen.at.cluster.ref(unclear.meta)])
  }
  const rules = here.flatMap((one) => place(seen, one))
  const matching = rules.filter(({ match }) => match.value !== 'NO')
  const mixed =
    versions(matching) < 2 ? rules : rules.map((one) => ({ ...one, match: resting(one.match, 'NETWORK_POLICY_APIS_TOGETHER_ASSUMED') }))
  return decide(seen, mixed, 0, next)
}
