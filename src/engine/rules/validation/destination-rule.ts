import type { Raw } from '../../resources/reading.js'
import { type Complaint, has, objectIn, objectsIn, textIn, type Validation } from './fields.js'
import { faultOfHost, isLabel } from './names.js'
import { checkExportTo, checkLabels, checkSelector } from './common-parts.js'
import { checkTrafficPolicy } from './traffic-policy.js'

/** A DestinationRule: its host, its policies, and subsets of which each has a name of its own. */
export const validateDestinationRule: Validation = function* validateDestinationRule(object) {
  const spec = objectIn(object, 'spec')
  const host = textIn(spec, 'host')
  const fault = faultOfHost(host)
  if (fault !== undefined)
    yield { at: 'spec.host', says: host === '' ? 'is empty: the rule is for no host' : `is \`${host}\`, which ${fault}` }
  if (has(spec, 'trafficPolicy')) yield* checkTrafficPolicy(objectIn(spec, 'trafficPolicy'), 'spec.trafficPolicy')
  yield* checkSubsets(spec)
  const selecting = has(spec, 'workloadSelector')
  yield* checkExportTo(spec, textIn(objectIn(object, 'metadata'), 'namespace'), { selecting })
  yield* checkSelector(spec, 'workloadSelector', 'matchLabels')
}

function* checkSubsets(spec: Raw): Iterable<Complaint> {
  const seen = new Set<string>()
  for (const [subset, at] of objectsIn(spec, 'subsets', 'spec')) {
    const name = textIn(subset, 'name')
    if (seen.has(name)) yield { at: `${at}.name`, says: `is \`${name}\`, as that of a subset before it` }
    else if (!isLabel(name)) yield { at: `${at}.name`, says: `is \`${name}\`, which is no name of a subset: letters, digits and \`-\`` }
    seen.add(name)
    yield* checkLabels(subset, 'labels', at)
    if (has(subset, 'trafficPolicy')) yield* checkTrafficPolicy(objectIn(subset, 'trafficPolicy'), `${at}.trafficPolicy`)
  }
}
