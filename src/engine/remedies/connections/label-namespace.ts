import { missesOfRule } from '../../analysis/near/misses-of-rule.js'
import { mostCompared } from '../../analysis/near/near-miss.js'
import { differencesOf } from '../../analysis/near/selector-miss.js'
import { endOf, type JudgedEnd, seenAt } from '../../analysis/network-policy/judge-connection.js'
import { policiesSelecting } from '../../analysis/network-policy/policies-selecting.js'
import type { LabelSelector } from '../../resources/label-selector.js'
import type { Labels, Meta } from '../../resources/meta.js'
import { labelSelectorMatches } from '../../snapshot/label-selector.js'
import type { Cluster } from '../../snapshot/snapshot.js'
import { deniedEnds } from './denied-ends.js'
import { mergeFragment, type Proposal, type Propose } from '../proposal.js'
import type { Situation } from '../situation.js'

/**
 * A NetworkPolicy admits namespaces by a label that the caller's lacks: the label.
 *
 * It lets in all pods of the namespace, wherever a policy asks for the label, so that it comes last; a label that is there with another value is left alone.
 * Rules NP-8, NP-10.
 */
export const labelNamespace: Propose = (situation) => {
  const denied = deniedEnds(situation).filter(({ direction }) => direction === 'INGRESS')
  const [end, ...others] = denied
  return end === undefined || others.length > 0 ? [] : labelling(situation, end)
}

interface Lacking {
  readonly home: Meta
  readonly labels: Labels
  /** `namespace/name`. */
  readonly policy: string
}

function labelling({ snapshot }: Situation, judged: JudgedEnd): readonly Proposal[] {
  const end = endOf(snapshot, judged.connection, 'INGRESS')
  const lacking = end === undefined ? undefined : lackingAt(end.cluster, judged, seenAt(snapshot, judged.connection, 'INGRESS', end))
  if (end === undefined || lacking === undefined) return []
  const { home, labels, policy } = lacking
  const told = Object.entries(labels).map(([key, value]) => `\`${key}: ${value}\``)
  const fragment = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: home.name, labels } }
  const summary = `broader: label namespace \`${home.name}\` with ${told.join(' and ')}, which NetworkPolicy \`${policy}\` asks for; all pods of \`${home.name}\` are then let in wherever a policy asks for that label`
  const proposal = mergeFragment(summary, end.cluster.name, fragment, (resources) => {
    const before = resources.namespaces.get(home.name)
    const meta = { ...home, labels: { ...home.labels, ...labels } }
    return before === undefined
      ? resources
      : { ...resources, digest: '', namespaces: new Map(resources.namespaces).set(home.name, { ...before, meta }) }
  })
  return [{ ...proposal, isWeaker: true }]
}

/** Each peer of each rule by itself. */
const asking = (cluster: Cluster, subject: JudgedEnd['subject']) =>
  (policiesSelecting(cluster, subject, 'INGRESS')?.policies ?? [])
    .slice(0, mostCompared)
    .flatMap(({ meta, ingress = [] }) =>
      ingress.flatMap((rule) =>
        (rule.peers ?? []).map((peer) => ({ meta, rule: { ...rule, peers: [peer] }, selector: peer.namespaceSelector })),
      ),
    )
    .slice(0, mostCompared)

/** The first rule that misses by labels of the caller's namespace alone. */
function lackingAt(cluster: Cluster, { subject }: JudgedEnd, [seen]: ReturnType<typeof seenAt>): Lacking | undefined {
  const home = seen?.other.kind === 'POD' ? cluster.resources.namespaces.get(seen.other.pod.namespace)?.meta : undefined
  if (seen === undefined || home === undefined) return undefined
  for (const { meta, rule, selector } of asking(cluster, subject)) {
    const misses = missesOfRule(seen, meta.namespace, rule, '')
    const isAlone = misses.length === 1 && misses[0]?.path.endsWith('.namespaceSelector') === true
    const labels = isAlone && selector !== undefined ? lackedBy(home, selector) : undefined
    if (labels !== undefined) return { home, labels, policy: `${meta.namespace}/${meta.name}` }
  }
  return undefined
}

/** Undefined where one of them is there with another value, or labels are not all that is asked for. */
function lackedBy({ labels }: Meta, selector: LabelSelector): Labels | undefined {
  const differences = differencesOf(selector.matchLabels, labels)
  const lacked = Object.fromEntries(differences.map(({ key, wants }) => [key, wants]))
  const isFree = differences.every(({ has }) => has === undefined)
  return isFree && labelSelectorMatches(selector, { ...labels, ...lacked }) ? lacked : undefined
}
