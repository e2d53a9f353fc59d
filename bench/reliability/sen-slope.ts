type Point = readonly [x: number, y: number]

/** The middle of the slopes between all points, and the ends of its interval of 95 %. */
export interface SenSlope {
  readonly slope: number
  readonly least: number
  readonly most: number
  /** How much a point is like the one before it, from 0 to 1: the interval is wider by what they tell twice. */
  readonly alike: number
}

/** Two-sided 95 % of the normal distribution. */
const deviations = 1.96

/** The robust line of Theil and Sen: single points far away move neither the slope nor its interval. Needs ten points or so, in the order of `x`. */
export function senSlope(points: readonly Point[]): SenSlope {
  const slopes = points.flatMap(([x, y], index) => points.slice(index + 1).map(([x2, y2]) => (y2 - y) / (x2 - x))).toSorted((a, b) => a - b)
  const slope = middle(slopes)
  const n = points.length
  const alike = likeness(points.map(([x, y]) => y - slope * x))
  // Kendall's count of pairs in order, were there no slope; points that repeat each other are worth fewer.
  const spread = deviations * Math.sqrt(((n * (n - 1) * (2 * n + 5)) / 18) * ((1 + alike) / (1 - alike)))
  const at = (rank: number): number => slopes[Math.min(slopes.length - 1, Math.max(0, Math.round(rank)))] ?? Number.NaN
  return { slope, least: at((slopes.length - spread) / 2 - 1), most: at((slopes.length + spread) / 2), alike }
}

function middle(sorted: readonly number[]): number {
  const at = (sorted.length - 1) / 2
  return ((sorted[Math.floor(at)] ?? Number.NaN) + (sorted[Math.ceil(at)] ?? Number.NaN)) / 2
}

/** The correlation of each with the next, at least 0 and at most 0.9. */
function likeness(rest: readonly number[]): number {
  const mean = rest.reduce((sum, value) => sum + value, 0) / rest.length
  const apart = rest.map((value) => value - mean)
  const all = apart.reduce((sum, value) => sum + value ** 2, 0)
  const next = apart.slice(1).reduce((sum, value, index) => sum + value * (apart[index] ?? 0), 0)
  return all === 0 ? 0 : Math.min(0.9, Math.max(0, next / all))
}
