import type { Labels, Meta } from '../meta.js'
import { type Raw, type Reading, readLabels, readList, readObject, readTexts } from '../reading.js'

/** A NetworkPolicy is kept so that answers can say that it was not modelled. `podSelector` holds its labels alone, without expressions. */
export interface NetworkPolicy {
  readonly meta: Meta
  readonly podSelector: Labels
  readonly restrictsIngress: boolean
  readonly restrictsEgress: boolean
}

/** Without `policyTypes` Kubernetes takes Ingress, and Egress too where the policy has egress rules. */
export const readNetworkPolicy = (reading: Reading, raw: Raw, meta: Meta): NetworkPolicy => {
  const spec = readObject(reading, raw, 'spec', '')
  const types = readTexts(reading, spec, 'policyTypes', 'spec')
  const rules = readList(reading, spec, 'egress', 'spec', (_, item) => item)
  return {
    meta,
    podSelector: readLabels(reading, readObject(reading, spec, 'podSelector', 'spec'), 'matchLabels', 'spec.podSelector'),
    restrictsIngress: types.length === 0 || types.includes('Ingress'),
    restrictsEgress: types.length === 0 ? rules.length > 0 : types.includes('Egress'),
  }
}
