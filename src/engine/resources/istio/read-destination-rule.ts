import type { DestinationRule, Subset } from './destination-rule.js'
import type { Meta } from '../meta.js'
import { findTrafficPolicy } from './read-traffic-policy.js'
import { findSelector, type Raw, type Reading, readLabels, readList, readObject, readText, readTexts } from '../reading.js'

const readSubset = (reading: Reading, item: Raw, at: string): Subset => {
  const policy = findTrafficPolicy(reading, item, at)
  return {
    name: readText(reading, item, 'name', at),
    labels: readLabels(reading, item, 'labels', at),
    ...(policy === undefined ? {} : { policy }),
  }
}

/** The workload selector of a DestinationRule is written `matchLabels`, unlike the other networking kinds. */
const findWorkloadSelector = (reading: Reading, spec: Raw): DestinationRule['workloadSelector'] => {
  const selector = readObject(reading, spec, 'workloadSelector', 'spec')
  return findSelector(reading, { selector }, 'selector', 'spec')
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
