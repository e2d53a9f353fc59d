/** `*` and `?` within a segment, `**` over segments; compares segment by segment, in time linear for all but `**`. */
export const globMatcher = (pattern: string): ((path: string) => boolean) => {
  const wanted = normal(pattern).split('/')
  return (path) => matchSegments(wanted, normal(path).split('/'))
}

const normal = (path: string): string => path.replaceAll('\\', '/').replace(/^(?:\.\/)+/, '')

/** Greedy with one point of return, for `**` as for `*` below. */
const matchSegments = (wanted: readonly string[], given: readonly string[]): boolean => match(wanted, given, '**', matchSegment)

const matchSegment = (wanted: string, given: string): boolean =>
  match([...wanted], [...given], '*', (one, other) => one === '?' || one === other)

const match = (
  wanted: readonly string[],
  given: readonly string[],
  star: string,
  same: (wanted: string, given: string) => boolean,
): boolean => {
  let at = 0
  let starAt = -1
  let retry = 0
  for (let position = 0; position < given.length; ) {
    const one = wanted[at]
    if (one === star) {
      starAt = at++
      retry = position
    } else if (one !== undefined && same(one, given[position] ?? '')) {
      at++
      position++
    } else if (starAt >= 0) {
      at = starAt + 1
      position = ++retry
    } else return false
  }
  while (wanted[at] === star) at++
  return at === wanted.length
}
