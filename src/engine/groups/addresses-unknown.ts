import type { Assumption } from '../model/step.js'
import type { Snapshot } from '../snapshot/snapshot.js'
import type { Workload } from '../snapshot/workloads/workload.js'
import { type Unit, unitsIn } from './unit.js'

const mostNamed = 3

/** Workloads without any address are called by their services alone: what becomes of calls straight to their pods cannot be asked. */
export function addressesUnknown(snapshot: Snapshot, workloads: readonly Workload[]): readonly Assumption[] {
  const known = new Set<Unit>()
  const first = new Map<Unit, Workload>()
  for (const workload of workloads) {
    const unit = unitsIn(snapshot)(workload)
    if (workload.ips.length > 0) known.add(unit)
    else if (!first.has(unit)) first.set(unit, workload)
  }
  const unknown = [...first].filter(([unit]) => !known.has(unit))
  if (unknown.length === 0) return []
  const names = unknown.slice(0, mostNamed).map(([{ cluster, namespace, name }]) => `\`${cluster}/${namespace}/${name}\``)
  const more = unknown.length > mostNamed ? ` and ${unknown.length - mostNamed} more` : ''
  const message = `no pod of ${names.join(', ')}${more} has an address here: calls to pods past every service are not asked about`
  return [{ code: 'POD_ADDRESSES_UNKNOWN', message, because: unknown.slice(0, mostNamed).map(([, { ref }]) => ref) }]
}
