import type { Raw } from '../../resources/reading.js'
import { type Complaint, entriesIn, listIn, objectsIn, textIn, textsIn } from './fields.js'

const ownLabels = new Set(['topology.kubernetes.io/region', 'topology.kubernetes.io/zone', 'topology.istio.io/subzone'])

/** How calls are kept near: by shares, or by where they go when a place fails, which outlier detection has to notice. */
export function* checkLocality(setting: Raw, at: string, noticesFailures: boolean): Iterable<Complaint> {
  const [distribute, failover, priority] = ['distribute', 'failover', 'failoverPriority'].map((key) => listIn(setting, key).length)
  if (distribute && failover) return void (yield { at, says: 'sets both `distribute` and `failover`' })
  if (failover) {
    for (const [label, place] of textsIn(setting, 'failoverPriority', at)) {
      if (ownLabels.has(label)) yield { at: place, says: `is \`${label}\`, which \`failover\` beside it decides` }
    }
  }
  for (const [share, place] of objectsIn(setting, 'distribute', at)) yield* checkShares(share, place)
  if ((failover || priority) && !noticesFailures) {
    yield { at, says: 'says where calls go when a place fails, but without `outlierDetection` no failure is noticed', warns: true }
  }
  for (const [move, place] of objectsIn(setting, 'failover', at)) yield* checkFailover(move, place)
}

function* checkShares(share: Raw, at: string): Iterable<Complaint> {
  let total = 0
  for (const [place, weight] of entriesIn(share, 'to')) {
    if (typeof weight !== 'number') return
    if (weight <= 0 || weight > 100)
      return void (yield { at: `${at}.to`, says: `gives \`${place}\` a share of ${weight}; shares are from 1 to 100` })
    total += weight
  }
  if (total !== 100) yield { at: `${at}.to`, says: `shares out ${total} of 100` }
}

function* checkFailover(move: Raw, at: string): Iterable<Complaint> {
  const [from, to] = [textIn(move, 'from'), textIn(move, 'to')]
  if (from === to) yield { at, says: `goes from \`${from}\` to itself` }
  for (const region of [from, to]) {
    if (/[/*]/.test(region)) yield { at, says: `names \`${region}\`, which is more or less than a region` }
  }
}
