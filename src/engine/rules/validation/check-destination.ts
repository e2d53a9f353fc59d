import type { Raw } from '../../resources/reading.js'
import { type Complaint, has, listIn, numberIn, objectIn, objectsIn, textIn } from './fields.js'
import { faultOfHost, isLabel, isPort } from './names.js'

/** Where a route leads: a host, perhaps a subset, perhaps a port. */
export function* checkDestination(destination: Raw, at: string): Iterable<Complaint> {
  const host = textIn(destination, 'host')
  const fault = host === '*' ? 'is every host' : faultOfHost(host)
  if (fault !== undefined && has(destination, 'host')) yield { at: `${at}.host`, says: `is \`${host}\`, which ${fault}` }
  const subset = textIn(destination, 'subset')
  if (subset !== '' && !isLabel(subset)) yield { at: `${at}.subset`, says: `is \`${subset}\`, which is no name of a subset` }
  if (has(destination, 'port') && !isPort(numberIn(objectIn(destination, 'port'), 'number'))) {
    yield { at: `${at}.port`, says: 'has no `number` from 1 to 65535' }
  }
}

/** Of several destinations some have to have a weight; an absent one is 0. */
export function* checkWeights(route: Raw, at: string): Iterable<Complaint> {
  let total = 0
  for (const [target, place] of objectsIn(route, 'route', at)) {
    if (numberIn(target, 'weight') < 0) yield { at: `${place}.weight`, says: 'is less than 0' }
    total += numberIn(target, 'weight')
  }
  const count = listIn(route, 'route').length
  if (count > 1 && total === 0)
    yield { at: `${at}.route`, says: `has ${count} destinations, and none has a weight: write how the calls are shared` }
}
