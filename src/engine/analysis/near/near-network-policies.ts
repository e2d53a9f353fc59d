/**
 * Which NetworkPolicies nearly let a call through, and which might be thought to have a say and have none?
 *
 * Of those that select an end, the rules that miss and the field in which they do; besides, a selector that misses by a letter or selects no pod, one of the
 * other end's namespace, one for the other direction, and one of another cluster. Rules NP-1, NP-4, NP-5, NP-8 … NP-12.
 */
import type { NearMiss } from '../../model/step.js'
import { pause } from '../../pause.js'
import type { NetworkPolicy } from '../../resources/network-policy/network-policy.js'
import { labelSelectorMatches } from '../../snapshot/label-selector.js'
import type { Cluster, Snapshot } from '../../snapshot/snapshot.js'
import type { Connection } from '../network-policy/connection.js'
import type { Seen } from '../network-policy/seen.js'
import { type End, endOf, seenAt } from '../network-policy/judge-connection.js'
import type { Direction } from '../network-policy/match-peer.js'
import { isPod, nameOf } from '../network-policy/peer.js'
import { policiesSelecting, rulesOf } from '../network-policy/policies-selecting.js'
import { byName, mostCompared, nearMiss } from './near-miss.js'
import { farOff, missesOfRule } from './misses-of-rule.js'
import { differencesOf, isNearlySelected, tellSelectorMiss } from './selector-miss.js'

export const nearNetworkPolicies = (snapshot: Snapshot, connections: readonly Connection[]): readonly NearMiss[] => {
  const ends = connections.flatMap((connection) =>
    (['EGRESS', 'INGRESS'] as const).flatMap((direction) => {
      const end = endOf(snapshot, connection, direction)
      return end === undefined || !isPod(end.subject) ? [] : [{ connection, direction, end }]
    }),
  )
  return [
    ...ends.flatMap(({ connection, direction, end }) => missingRules(snapshot, connection, direction, end)),
    ...ends.flatMap(({ connection, direction, end }) => notHolding(snapshot, connection, direction, end)),
  ]
}

/** Of the policies that select the end, where none of their rules lets the connection through. */
function missingRules(snapshot: Snapshot, connection: Connection, direction: Direction, end: End): readonly NearMiss[] {
  const policies = policiesSelecting(end.cluster, end.subject, direction)?.policies ?? []
  const key = direction === 'INGRESS' ? 'ingress' : 'egress'
  const [verb, seen] = [direction === 'INGRESS' ? 'admits only' : 'lets it call only', seenAt(snapshot, connection, direction, end)[0]]
  if (seen === undefined) return []
  const rules = policies.flatMap((policy) =>
    (rulesOf(policy, direction) ?? []).map((rule, position) => ({
      policy,
      misses: missesOf(seen, policy, rule, `spec.${key}[${position}]`),
    })),
  )
  if (rules.some(({ misses }) => misses.length === 0)) return []
  return rules
    .sort((a, b) => farOff(a.misses) - farOff(b.misses))
    .map(({ policy, misses }) =>
      nearMiss(end.cluster.ref(policy.meta, misses[0]?.path), `${verb} ${misses.map(({ text }) => text).join(' and ')}`),
    )
}

const missesOf = (seen: Seen, { meta }: NetworkPolicy, rule: Parameters<typeof missesOfRule>[2], at: string) => {
  pause()
  return missesOfRule(seen, meta.namespace, rule, at)
}

const policiesIn = (cluster: Cluster, namespace: string): readonly NetworkPolicy[] =>
  [...(cluster.resources.networkPolicies.get(namespace) ?? [])].sort(byName).slice(0, mostCompared)

/** Policies that restrict nothing here. */
function notHolding(snapshot: Snapshot, connection: Connection, direction: Direction, end: End): readonly NearMiss[] {
  const { cluster, subject } = end
  const other = endOf(snapshot, connection, direction === 'EGRESS' ? 'INGRESS' : 'EGRESS')
  const own = policiesIn(cluster, subject.namespace)
  return [
    ...nearlySelecting(end, own, direction),
    ...(other === undefined || other.subject.namespace === subject.namespace
      ? []
      : inNamespaceOf(end, policiesIn(cluster, other.subject.namespace), direction)),
    ...(policiesSelecting(cluster, subject, direction) === undefined
      ? [...forOtherDirection(end, own, direction), ...inOtherClusters(snapshot, end, direction)]
      : []),
  ]
}

/** By labels alone: expressions are written on purpose. */
const nearlySelecting = ({ cluster, subject }: End, policies: readonly NetworkPolicy[], direction: Direction): readonly NearMiss[] =>
  policies.flatMap((policy) => {
    const { meta, podSelector } = policy
    if (rulesOf(policy, direction) === undefined || labelSelectorMatches(podSelector, subject.labels)) return []
    const nobody = !cluster.workloads(meta.namespace).some(({ labels }) => labelSelectorMatches(podSelector, labels))
    const isNear = isNearlySelected(podSelector.matchLabels, subject.labels)
    if (!(isNear || nobody) || differencesOf(podSelector.matchLabels, subject.labels).length === 0) return []
    const why = `${tellSelectorMiss(podSelector.matchLabels, subject.labels, nameOf(subject))}${nobody ? '; it selects no pod' : ''}`
    return [nearMiss(cluster.ref(meta, 'spec.podSelector'), why)]
  })

const isEmpty = ({ podSelector: { matchLabels, matchExpressions } }: NetworkPolicy): boolean =>
  Object.keys(matchLabels).length + matchExpressions.length === 0

/** Where one that selects this end's pods stands with the other end. */
const inNamespaceOf = ({ cluster, subject }: End, policies: readonly NetworkPolicy[], direction: Direction): readonly NearMiss[] =>
  policies.flatMap((policy) =>
    rulesOf(policy, direction) === undefined || isEmpty(policy) || !labelSelectorMatches(policy.podSelector, subject.labels)
      ? []
      : [
          nearMiss(
            cluster.ref(policy.meta),
            `holds in namespace \`${policy.meta.namespace}\` alone, and ${nameOf(subject)} is in \`${subject.namespace}\``,
          ),
        ],
  )

const forOtherDirection = ({ cluster, subject }: End, policies: readonly NetworkPolicy[], direction: Direction): readonly NearMiss[] => {
  const [does, not] = direction === 'INGRESS' ? ['sends', 'takes'] : ['takes', 'sends']
  return policies.flatMap((policy) =>
    rulesOf(policy, direction) === undefined && labelSelectorMatches(policy.podSelector, subject.labels)
      ? [nearMiss(cluster.ref(policy.meta, 'spec.policyTypes'), `restricts what ${nameOf(subject)} ${does}, and not what it ${not}`)]
      : [],
  )
}

const inOtherClusters = ({ clusters }: Snapshot, { cluster, subject }: End, direction: Direction): readonly NearMiss[] =>
  [...clusters.values()]
    .filter((one) => one !== cluster)
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((one) =>
      policiesIn(one, subject.namespace).flatMap((policy) =>
        rulesOf(policy, direction) === undefined || !labelSelectorMatches(policy.podSelector, subject.labels)
          ? []
          : [
              nearMiss(
                one.ref(policy.meta),
                `holds for pods of cluster \`${one.name}\` alone, and ${nameOf(subject)} is in \`${subject.cluster}\``,
              ),
            ],
      ),
    )
