import type { Labels, Meta } from '../meta.js'
import type { TrafficPolicy } from './traffic-policy.js'
import { findTrafficPolicy } from './traffic-policy.js'
import { type Raw, type Reading, readLabels, readList, readObject, readText, readTexts } from '../reading.js'

export interface Subset {
  readonly name: string
  readonly labels: Labels
  readonly policy?: TrafficPolicy
}

export interface DestinationRule {
  readonly meta: Meta
  /** It is made of a policy of the Gateway API. */
  readonly ofGatewayApi?: true
  readonly host: string
  /** As written; empty when absent. */
  readonly exportTo: readonly string[]
  readonly workloadSelector?: Labels
  readonly policy?: TrafficPolicy
  readonly subsets: readonly Subset[]
}

const readSubset = (reading: Reading, item: Raw, at: string): Subset => {
  const policy = findTrafficPolicy(reading, item, at)
  return {
    name: readText(reading, item, 'name', at),
    labels: readLabels(reading, item, 'labels', at),
    ...(policy === undefined ? {} : { policy }),
  }
}

/** The workload selector of a DestinationRule is written `matchLabels`, unlike the other networking kinds; without labels it is none. */
const findWorkloadSelector = (reading: Reading, spec: Raw): DestinationRule['workloadSelector'] => {
  const selector = readObject(reading, spec, 'workloadSelector', 'spec')
  const labels = readLabels(reading, selector, 'matchLabels', 'spec.workloadSelector')
  return Object.keys(labels).length === 0 ? undefined : labels
}

export const readDestinationRule = (reading: Reading, raw: Raw, meta: Meta): DestinationRule => {
  const spec = readObject(reading, raw, 'spec', '')
  const policy = findTrafficPolicy(reading, spec, 'spec')
  const workloadSelector = findWorkloadSelector(reading, spec)
  return {
    meta,
    host: readText(reading, spec, 'host', 'spec').toLowerCase(),
    exportTo: readTexts(reading, spec, 'exportTo', 'spec'),
    ...(workloadSelector === undefined ? {} : { workloadSelector }),
    ...(policy === undefined ? {} : { policy }),
    subsets: readList(reading, spec, 'subsets', 'spec', readSubset),
  }
}
