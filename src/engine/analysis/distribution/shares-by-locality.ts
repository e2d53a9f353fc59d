/** What a locality's weight is made from: a way to an endpoint, which takes traffic or is only counted. */
export interface Weighed {
  readonly locality: string
  readonly weight: number
  /** Endpoints that are not ready count in their locality's weight, and take none of it (EDS-9). */
  readonly ready: boolean
  /** Its locality is written without the subzone that a node's always has, if an empty one. */
  readonly isShort?: boolean
}

interface Group {
  /** Of all endpoints, as the control plane gives it. */
  weight: number
  /** Of those whose locality is written short: to the control plane that is another locality, to the proxy the same. */
  short: number
  /** Of those that share it. */
  ready: number
}

/**
 * Shares of the ways where localities are weighted: a locality takes its part of the traffic, its ready endpoints share that by their weights.
 *
 * A proxy that is given one locality twice, as it is written short and in full, has the endpoints of both share the weight of the latter.
 * `weightOf` turns the sum of a locality's weights into the one that is set for it, 0: none. Rules LB-4, LB-5.
 */
export function sharesByLocality(
  ways: readonly Weighed[],
  weightOf: (locality: string, sum: number) => number = (_, sum) => sum,
): readonly number[] {
  const groups = new Map<string, Group>()
  for (const { locality, weight, ready, isShort = false } of ways) {
    const group = groups.get(locality) ?? { weight: 0, short: 0, ready: 0 }
    groups.set(locality, group)
    if (isShort) group.short += weight
    else group.weight += weight
    if (ready) group.ready += weight
  }
  let total = 0
  for (const [locality, group] of groups) {
    group.weight = weightOf(locality, group.weight || group.short)
    if (group.ready > 0) total += group.weight
  }
  return ways.map(({ locality, weight, ready }) => {
    const group = groups.get(locality)
    if (!ready || group === undefined || group.ready === 0 || total === 0) return 0
    return ((group.weight / total) * weight) / group.ready
  })
}
