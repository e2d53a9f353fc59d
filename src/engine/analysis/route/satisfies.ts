import { ofRemovedValue } from '../../manifests/secrets/removed-value.js'
import type { StringMatch } from '../../resources/istio/virtual-service.js'
import type { Truth } from '../call/truth.js'
import { matchesExpression } from '../../istiod/expressions/matches-expression.js'
import type { Work } from '../../istiod/expressions/work.js'

/**
 * Does the value satisfy the match? `undefined` is a value that nobody stated, and what a removed one was nobody knows. Regular expressions match the whole value; what the question has no
 * `work` left for is not known.
 */
export function satisfies(match: StringMatch, value: string | undefined, work: Work, ignoreCase = false): Truth {
  if (value === undefined || 'removed' in match) return 'UNKNOWN'
  if ('present' in match) return 'YES'
  if ('regex' in match) {
    const matches = matchesExpression(match, value, work)
    return matches === undefined ? 'UNKNOWN' : matches ? 'YES' : 'NO'
  }
  const fold = (text: string): string => (ignoreCase ? text.toLowerCase() : text)
  const matched = 'exact' in match ? fold(value) === fold(match.exact) : begins(fold(value), fold(match.prefix), match.wholeElements)
  return matched ? 'YES' : 'NO'
}

const begins = (value: string, prefix: string, wholeElements = false): boolean =>
  value.startsWith(prefix) && (!wholeElements || value.length === prefix.length || value[prefix.length] === '/')

/** What a pattern of any characters looks like, without the anchors that a whole match does not need. */
const anything = new Set(['.*', '.+', '/.*', '/?.*', '(.*)', '(.+)', '(/.*)', '/(.*)', '(/.*)?', '[\\s\\S]*'])

/**
 * Does it hold for every value of an attribute that no request is without? Prefix `/` holds for every path, and a regular expression of any
 * characters for all that is never empty (ROUTE-4; istiod's IsCatchAllRoute).
 */
export function holdsForAny(match: StringMatch, beginning: string): boolean {
  if ('prefix' in match) return beginning.startsWith(match.prefix)
  return 'present' in match || ('regex' in match && anything.has(match.regex.replace(/^\^/, '').replace(/\$$/, '').replaceAll('\\/', '/')))
}

/** How a match reads in a sentence. */
export function describe(match: StringMatch): string {
  if ('exact' in match) return `\`${match.exact}\``
  if ('prefix' in match && match.wholeElements) return `\`${match.prefix}\` or below`
  if ('prefix' in match) return `starting with \`${match.prefix}\``
  if ('removed' in match) return ofRemovedValue
  return 'regex' in match ? `matching \`${match.regex}\`` : 'of any value'
}
