import type { Labels } from '../../resources/meta.js'
import type { LocalitySetting } from '../../resources/istio/traffic-policy.js'
import { localityParts } from '../../istiod/endpoints/augment-labels.js'

/** Default priority by locality: the same subzone 0, zone 1, region 2, else 3; empty equals empty, and a region that no `failover` leads to is 4 (LB-5, LB-13). */
export function localityPriority(from: string, to: string, failover: LocalitySetting['failover']): number {
  const [region, zone, subzone] = localityParts(from)
  const [otherRegion, otherZone, otherSubzone] = localityParts(to)
  if (region === otherRegion) {
    if (zone !== otherZone) return 2
    return subzone === otherSubzone ? 0 : 1
  }
  const rules = failover.filter((rule) => rule.from === region)
  return rules.length > 0 && !rules.some((rule) => rule.to === otherRegion) ? 4 : 3
}

const networkLabel = 'topology.istio.io/network'

/**
 * Priority by labels: how many are left from the first that differs; a network first in the list only adds, and the rest is still compared (LB-6).
 */
export function labelPriority(keys: readonly string[], proxy: Labels, endpoint: Labels): number {
  let added = 0
  for (const [position, entry] of keys.entries()) {
    const at = entry.indexOf('=')
    const key = at < 0 ? entry : entry.slice(0, at)
    const wanted = at < 0 ? (proxy[key] ?? '') : entry.slice(at + 1)
    if ((endpoint[key] ?? '') === wanted) continue
    if (position > 0 || key !== networkLabel) return added + keys.length - position
    added = keys.length
  }
  return added
}

/** Does a locality fall under a pattern such as `us-west1/*`? An omitted tail means any (LB-4). */
export function localityMatches(pattern: string, locality: string): boolean {
  const parts = locality.split('/')
  return pattern.split('/').every((part, position) => part === '*' || part === (parts[position] ?? ''))
}

/** The same order without gaps: 0 … N. */
export function compact(priorities: readonly (number | undefined)[]): readonly (number | undefined)[] {
  if (priorities.every((priority) => priority === 0)) return priorities
  const used = [...new Set(priorities.filter((priority) => priority !== undefined))].sort((a, b) => a - b)
  return priorities.map((priority) => (priority === undefined ? undefined : used.indexOf(priority)))
}
