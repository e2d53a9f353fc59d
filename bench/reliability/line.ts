/** A straight line through points, by least squares; the error is the standard error of the slope. */
export interface Line {
  readonly slope: number
  readonly error: number
}

/** Needs three points or more, not all of one `x`. Other than of points around the line the error knows nothing: drift in steps makes it too small. */
export function lineThrough(points: readonly (readonly [x: number, y: number])[]): Line {
  const count = points.length
  const mean = (at: 0 | 1): number => points.reduce((sum, point) => sum + point[at], 0) / count
  const [x0, y0] = [mean(0), mean(1)]
  const spread = points.reduce((sum, [x]) => sum + (x - x0) ** 2, 0)
  const slope = points.reduce((sum, [x, y]) => sum + (x - x0) * (y - y0), 0) / spread
  const rest = points.reduce((sum, [x, y]) => sum + (y - y0 - slope * (x - x0)) ** 2, 0)
  return { slope, error: Math.sqrt(rest / (count - 2) / spread) }
}
