import { flatMap } from '../../flat-map.js'

/** Istio's string match of policies: exact, `prefix*`, `*suffix`, and `*` for anything that is not empty (AUTHZ-10, AUTHZ-20). */
export function matchesText(pattern: string, text: string): boolean {
  if (pattern === '*') return text !== ''
  if (pattern.startsWith('*')) return text.endsWith(pattern.slice(1))
  if (pattern.endsWith('*')) return text.startsWith(pattern.slice(0, -1))
  return pattern === text
}

/**
 * Does the sequence match the pattern, in which `star` stands for any run of elements that are the `same` as it?
 *
 * Never exponential: the last star is the only place to come back to.
 */
function matchesRun(
  pattern: readonly string[],
  run: readonly string[],
  star: string,
  same: (expected: string, found: string) => boolean,
): boolean {
  let [p, r, back, mark] = [0, 0, -1, 0]
  while (r < run.length) {
    const expected = pattern[p]
    if (expected === star) [back, p, mark] = [p, p + 1, r]
    else if (expected !== undefined && same(expected, run[r] ?? '')) [p, r] = [p + 1, r + 1]
    else if (back >= 0 && same(star, run[mark] ?? '')) [p, mark, r] = [back + 1, mark + 1, mark + 1]
    else return false
  }
  return pattern.slice(p).every((rest) => rest === star)
}

/** Namespaces may hold `*` anywhere (AUTHZ-11). */
export const matchesWildcards = (pattern: string, text: string): boolean =>
  pattern.includes('*')
    ? matchesRun([...pattern], [...text], '*', (expected, found) => expected === '*' || expected === found)
    : pattern === text

/** What a template's wildcards take of a path: neither `=` nor `*`, nor what a URL has to escape. */
const plainSegment = /^[\w.~%!$&'()+,;:@-]*$/u

/**
 * Paths also know templates: `{*}` is one segment that is not empty, `{**}` all from a `/` on, an empty segment at least; the query is no part of what
 * policies see (AUTHZ-20).
 */
export function matchesPath(pattern: string, path: string): boolean {
  const [bare = ''] = path.split(/[?#]/u, 1)
  if (!pattern.includes('{*}') && !pattern.includes('{**}')) return matchesText(pattern, bare)
  const same = (expected: string, found: string): boolean => {
    const isWildcard = expected.startsWith('{*')
    return isWildcard ? plainSegment.test(found) && (expected !== '{*}' || found !== '') : expected === found
  }
  const segments = flatMap(pattern.split('/'), (segment) => (segment === '{**}' ? ['{**} first', '{**}'] : segment))
  return matchesRun(segments, bare.split('/'), '{**}', same)
}
