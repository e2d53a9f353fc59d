import { expandBraces } from './expand-braces.js'

/**
 * The one dialect of `include` and `exclude`: `*` and `?` within a segment, `**` over segments, `[a-c]` and `[!a-c]`, `{a,b}`; a
 * wildcard that ends in `.yaml` takes `.yml` along. Compares segment by segment, in time linear for all but `**`.
 */
export const globMatcher = (pattern: string): ((path: string) => boolean) => {
  const alternatives = expandBraces(withYml(normal(pattern))).map((one) => one.split('/').map(tokensOf))
  return (path) => {
    const given = normal(path).split('/')
    return alternatives.some((wanted) => matchSegments(wanted, given))
  }
}

/** What a list of patterns takes in: all that one of them matches and no `!pattern` of the list does. */
export const patternsMatcher = (patterns: readonly string[], exclude: readonly string[] = []): ((path: string) => boolean) => {
  const wanted = patterns.filter((pattern) => !pattern.startsWith('!')).map(globMatcher)
  const unwanted = [...patterns.flatMap((pattern) => (pattern.startsWith('!') ? [pattern.slice(1)] : [])), ...exclude].map(globMatcher)
  return (path) => wanted.some((matches) => matches(path)) && !unwanted.some((matches) => matches(path))
}

/** Does it name one file, and no other? */
export const isLiteral = (pattern: string): boolean => !/[*?[{!]/.test(pattern)

const normal = (path: string): string => path.replaceAll('\\', '/').replace(/^(?:\.\/)+/, '')

const withYml = (pattern: string): string => (/[*?\]}][^/*?\]}]*\.yaml$/.test(pattern) ? `${pattern.slice(0, -4)}{yaml,yml}` : pattern)

/** One character of a name: itself, any, or one of a class; or any number of them. */
type Token = string | { readonly within: RegExp }

const star = '*'

const tokensOf = (segment: string): readonly Token[] =>
  segment === '**'
    ? [segment]
    : (segment.match(/\[!?[\][]?[^\][]*\]|[^]/gu) ?? []).map((token) =>
        token.length > 2 && token.startsWith('[') ? classOf(token) : token,
      )

/** `[!a-c]`; what a regular expression would read otherwise is escaped. */
const classOf = (token: string): Token => {
  const negated = token[1] === '!'
  const inside = token.slice(negated ? 2 : 1, -1).replaceAll(/[\\\]^[]/g, String.raw`\$&`)
  try {
    return { within: new RegExp(`^[${negated ? '^' : ''}${inside}]$`, 'u') }
  } catch {
    return { within: /(?!)/ }
  }
}

const sameSegment = (wanted: readonly Token[], given: string): boolean => match(wanted, [...given], star, sameCharacter)

const sameCharacter = (wanted: Token, given: string): boolean =>
  typeof wanted === 'string' ? wanted === '?' || wanted === given : wanted.within.test(given)

const matchSegments = (wanted: readonly (readonly Token[])[], given: readonly string[]): boolean =>
  match(
    wanted.map((tokens) => (tokens[0] === '**' ? '**' : tokens)),
    given,
    '**',
    (tokens, name) => typeof tokens !== 'string' && sameSegment(tokens, name),
  )

/** Greedy with one point of return, for `**` as for `*`. */
const match = <T>(
  wanted: readonly (T | string)[],
  given: readonly string[],
  any: string,
  same: (wanted: T | string, given: string) => boolean,
): boolean => {
  let at = 0
  let starAt = -1
  let retry = 0
  for (let position = 0; position < given.length; ) {
    const one = wanted[at]
    if (one === any) {
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
  while (wanted[at] === any) at++
  return at === wanted.length
}
