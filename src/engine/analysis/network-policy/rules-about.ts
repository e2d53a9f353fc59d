/**
 * Which rules of policies may have a say about the other end of a connection?
 *
 * A namespace of a large mesh has as many rules as workloads, most for pods of one label: they are found by the labels of the other end. What an
 * address is compared with is looked at each time. A rule with peers of both kinds is there twice: one that takes the other end is enough. Rules NP-1, NP-9, NP-10.
 */
import { flatMap } from '../../flat-map.js'
import { groupBy } from '../../group-by.js'
import { remembered } from '../../remembered.js'
import type { Labels } from '../../resources/meta.js'
import type { NetworkPolicy, PolicyPeer, PolicyRule } from '../../resources/network-policy/network-policy.js'
import { indexBySelector, type SelectorIndex } from '../../snapshot/selector-index.js'
import { mayTakeAny } from './match-block.js'
import type { Direction } from './match-peer.js'
import type { Peer } from './peer.js'
import { rulesOf } from './policies-selecting.js'

export interface PlacedRule {
  readonly policy: NetworkPolicy
  readonly rule: PolicyRule
  /** Among the rules of its policy, and among all. */
  readonly position: number
  readonly place: number
}

/** Without peers it is about anybody; with some, about those that these take. */
export interface RuleAbout extends PlacedRule {
  readonly peers: readonly PolicyPeer[] | undefined
}

/** A peer that asks for labels of pods. */
interface PlacedPeer {
  readonly placed: PlacedRule
  readonly peer: PolicyPeer
}

interface Filed {
  readonly rules: readonly RuleAbout[]
  readonly labelled: SelectorIndex<PlacedPeer>
  /** What is left of the rules without those peers. */
  readonly others: readonly RuleAbout[]
}

const labelsAsked = ({ ipBlock, podSelector }: PolicyPeer): Labels =>
  (ipBlock === undefined ? podSelector?.matchLabels : undefined) ?? noLabels
const noLabels: Labels = {}
const asksForLabels = (peer: PolicyPeer): boolean => Object.keys(labelsAsked(peer)).length > 0

const filed = remembered((policies: readonly NetworkPolicy[], direction: Direction): Filed => {
  const rules = policies
    .flatMap((policy) => (rulesOf(policy, direction) ?? []).map((rule, position) => ({ policy, rule, position, peers: rule.peers })))
    .map((rule, place) => ({ ...rule, place }))
  const labelled = flatMap(rules, (placed) => (placed.peers ?? []).filter(asksForLabels).map((peer) => ({ placed, peer })))
  const others = flatMap(rules, (placed): readonly RuleAbout[] => {
    const peers = placed.peers?.filter((peer) => !asksForLabels(peer))
    return peers?.length === 0 ? [] : [{ ...placed, peers }]
  })
  return { rules, labelled: indexBySelector(labelled, ({ peer }) => labelsAsked(peer)), others }
})

/** Every rule for the direction, in order. */
export const placedRules = (policies: readonly NetworkPolicy[], direction: Direction): readonly PlacedRule[] =>
  filed(policies, direction).rules

/** All that may take the other end, in order; whoever is left out takes it for certain not. */
export function rulesAbout(policies: readonly NetworkPolicy[], direction: Direction, other: Peer): readonly RuleAbout[] {
  const { rules, labelled, others: all } = filed(policies, direction)
  const labels = labelsOf(other)
  if (labels === undefined) return rules
  const others = other.among.length === 0 ? distinct(all) : all
  const found = groupBy(labelled.matching(labels), ({ placed }) => placed)
  if (found.size === 0) return others
  const asked = [...found].map(([placed, peers]) => ({ ...placed, peers: peers.map(({ peer }) => peer) }))
  return [...others, ...asked].sort((a, b) => a.place - b.place)
}

/** Of rules that say the same of an address that nobody knows, the first. */
const distinct = remembered((rules: readonly RuleAbout[]): readonly RuleAbout[] =>
  flatMap([...groupBy(rules, sayingOf).values()], ([first]) => first ?? []),
)

const sayingOf = ({ policy, rule: { ports }, peers }: RuleAbout): string =>
  JSON.stringify([ports, peers && [...new Set(peers.map((peer) => JSON.stringify(sayingOfPeer(policy, peer))))]])

const sayingOfPeer = ({ meta }: NetworkPolicy, peer: PolicyPeer): unknown =>
  peer.ipBlock === undefined ? [meta.namespace, peer] : [peer.ipBlock.cidr, ...peer.ipBlock.except].every(mayTakeAny) || peer.ipBlock

/** Undefined: they are not known. */
function labelsOf(other: Peer): Labels | undefined {
  if (other.kind === 'POD') return other.pod.labels
  return other.kind === 'NODE' || other.unseen === true ? undefined : (other.far?.labels ?? noLabels)
}
