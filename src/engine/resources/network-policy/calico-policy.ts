import type { Meta } from '../meta.js'
import { type Raw, type Reading, readList, readObject, readText, readTexts } from '../reading.js'
import { readCalicoSelector } from './calico-selector.js'
import type { LabelExpression } from './label-expression.js'
import { namespaceName } from '../kubernetes/namespace.js'
import type { PluginPolicy } from './plugin-policy.js'

/** Calico gives every pod its namespace's name as a label, and every namespace its own. */
const ownKeys = new Set(['projectcalico.org/namespace', 'projectcalico.org/name'])

const renamed = (expression: LabelExpression): LabelExpression => {
  if (expression.kind === 'TEST') return ownKeys.has(expression.key) ? { ...expression, key: namespaceName } : expression
  if (expression.kind === 'NOT') return { kind: 'NOT', of: renamed(expression.of) }
  return expression.kind === 'UNREADABLE' ? expression : { kind: expression.kind, of: expression.of.map(renamed) }
}

/** NetworkPolicy and GlobalNetworkPolicy of Calico; without `types`, Ingress unless it has egress rules alone. Rule NP-40. */
export const readCalicoPolicy = (reading: Reading, raw: Raw, meta: Meta): PluginPolicy => {
  const spec = readObject(reading, raw, 'spec', '')
  const types = readTexts(reading, spec, 'types', 'spec')
  const has = (key: string): boolean => readList(reading, spec, key, 'spec', (_, rule) => rule).length > 0
  const [ingress, egress] = [has('ingress'), has('egress')]
  return {
    meta,
    plugin: 'Calico',
    subjects: [
      {
        pods: renamed(readCalicoSelector(readText(reading, spec, 'selector', 'spec'))),
        namespaces: meta.namespace === '' ? renamed(readCalicoSelector(readText(reading, spec, 'namespaceSelector', 'spec'))) : undefined,
        ingress: types.length === 0 ? ingress || !egress : types.includes('Ingress'),
        egress: types.length === 0 ? egress : types.includes('Egress'),
      },
    ],
  }
}
