/** What a priority is made from: an endpoint, and whether it is ready to take traffic. */
export interface Ranked {
  readonly rank: number
  readonly ready: boolean
}

/** A priority may lose that part of its endpoints and still takes all of its traffic. */
const provisioned = 140

const allToTheFirst: ReadonlyMap<number, number> = new Map([[0, 1]])

/**
 * Which part of the traffic does each priority take, 0 … 1?
 *
 * The first takes all while enough of its endpoints are ready; what it may not take goes to the next. In whole per cent, as Envoy reckons it. Rules LB-10, EDS-9.
 */
export function priorityLoads(endpoints: readonly Ranked[]): ReadonlyMap<number, number> {
  if (endpoints.every(({ rank, ready }) => rank === 0 && ready)) return allToTheFirst
  const counts = new Map<number, { all: number; ready: number }>()
  for (const { rank, ready } of endpoints) {
    const count = counts.get(rank) ?? { all: 0, ready: 0 }
    counts.set(rank, count)
    count.all++
    if (ready) count.ready++
  }
  const health = [...counts]
    .sort(([a], [b]) => a - b)
    .map(([rank, { all, ready }]) => ({ rank, health: Math.min(100, Math.floor((provisioned * ready) / all)) }))
  const available = Math.min(
    100,
    health.reduce((sum, one) => sum + one.health, 0),
  )
  const loads = new Map<number, number>()
  let left = 100
  for (const one of health) {
    const load = available === 0 ? 0 : Math.min(left, Math.floor((one.health * 100) / available))
    left -= load
    loads.set(one.rank, load)
  }
  // What rounding leaves over is taken by the first that takes any.
  const first = health.find(({ rank }) => (loads.get(rank) ?? 0) > 0)
  if (first !== undefined) loads.set(first.rank, (loads.get(first.rank) ?? 0) + left)
  return new Map([...loads].map(([rank, load]) => [rank, load / 100]))
}
