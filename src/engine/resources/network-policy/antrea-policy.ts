import type { Meta } from '../meta.js'
import { isRaw, type Raw, type Reading, readList, readObject, readText } from '../reading.js'
import { everything, type LabelExpression, ofLabelSelector, unreadable } from './label-expression.js'
import type { PluginPolicy, PluginSubject } from './plugin-policy.js'
import { findSelectorOf } from './find-selector-of.js'

type Reach = Pick<PluginSubject, 'pods' | 'namespaces'>

/** Groups, service accounts and the like stand for pods that are not looked up. */
const readReach =
  (meta: Meta) =>
  (reading: Reading, item: Raw, at: string): Reach => {
    const known = Object.keys(item).every((key) => key === 'podSelector' || key === 'namespaceSelector')
    readText(reading, item, 'group', at)
    const expressionOf = (key: string): LabelExpression => {
      const selector = findSelectorOf(reading, item, key, at)
      return selector === undefined ? everything : ofLabelSelector(selector)
    }
    const [pods, namespaces] = [expressionOf('podSelector'), expressionOf('namespaceSelector')]
    return { pods: known ? pods : unreadable, namespaces: meta.namespace === '' ? namespaces : undefined }
  }

/** NetworkPolicy and ClusterNetworkPolicy of Antrea: `appliedTo` stands for the whole policy, or in each of its rules. Rule NP-40. */
export const readAntreaPolicy = (reading: Reading, raw: Raw, meta: Meta): PluginPolicy => {
  const spec = readObject(reading, raw, 'spec', '')
  const whole = readList(reading, spec, 'appliedTo', 'spec', readReach(meta))
  const ofRules = (direction: 'ingress' | 'egress'): readonly PluginSubject[] =>
    readList(reading, spec, direction, 'spec', (inner, rule, at) => readList(inner, rule, 'appliedTo', at, readReach(meta)))
      .flat()
      .map((reach) => ({ ...reach, ingress: direction === 'ingress', egress: direction === 'egress' }))
  const [ingress, egress] = [Array.isArray(spec['ingress']), Array.isArray(spec['egress'])]
  const subjects = [
    ...whole.map((reach) => ({ ...reach, ingress: ingress || !egress, egress: egress || !ingress })),
    ...ofRules('ingress'),
    ...ofRules('egress'),
  ]
  return { meta, plugin: 'Antrea', subjects: isRaw(raw['spec']) ? subjects : [] }
}
