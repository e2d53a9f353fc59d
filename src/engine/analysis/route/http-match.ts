import type { HttpMatch, StringMatch } from '../../resources/istio/virtual-service.js'
import { type ResolvedCall, findHeader } from '../call/call.js'
import { every, not, type Truth } from '../call/truth.js'
import { describe, holdsForAny, satisfies } from './string-match.js'

/** One condition of a match block, judged: what it looks at, how it reads, and whether it holds. */
interface Judged {
  readonly on: string
  readonly text: string
  readonly truth: Truth
}

/** The result for a block: what it needs is listed only where the question leaves it open. */
export interface BlockMatch {
  readonly truth: Truth
  readonly on: readonly string[]
  readonly when: string
}

const judge = (on: string, match: StringMatch | undefined, value: string | undefined, ignoreCase = false): Judged[] =>
  match === undefined ? [] : [{ on, text: `${on} ${describe(match)}`, truth: satisfies(match, value, ignoreCase) }]

/** The same for what no request is without: where the question leaves it open, a test that every value passes is none. `beginning`: of every value. */
const judgeInherent = (
  on: string,
  match: StringMatch | undefined,
  value: string | undefined,
  beginning = '',
  ignoreCase = false,
): Judged[] => (match !== undefined && value === undefined && holdsForAny(match, beginning) ? [] : judge(on, match, value, ignoreCase))

function queryValue(path: string | undefined, name: string): string | undefined {
  if (path === undefined) return undefined
  const start = path.indexOf('?')
  return start < 0 ? undefined : (new URLSearchParams(path.slice(start + 1)).get(name) ?? undefined)
}

/** A query parameter that a stated path lacks is absent, not unknown. */
function judgeQuery(match: HttpMatch, path: string | undefined): Judged[] {
  return Object.entries(match.queryParams).map(([name, wanted]) => {
    const on = `query parameter ${name}`
    const value = queryValue(path, name)
    const truth = path !== undefined && value === undefined ? 'NO' : satisfies(wanted, value)
    return { on, text: `${on} ${describe(wanted)}`, truth }
  })
}

/**
 * Would a request with these attributes satisfy the block?
 *
 * What the question does not state is UNKNOWN, so that both outcomes are followed. Rules ROUTE-2, ROUTE-4.
 */
export function judgeBlock(match: HttpMatch, { host, attributes }: ResolvedCall): BlockMatch {
  const { method, path, headers } = attributes
  const judged: Judged[] = [
    ...judgeInherent('path', match.uri, path?.split('?')[0], '/', match.ignoreUriCase),
    ...judgeInherent('method', match.method, method),
    ...judge('scheme', match.scheme, headers[':scheme'] ?? 'http'),
    ...judge('authority', match.authority, headers['host'] ?? headers[':authority'] ?? host),
    ...Object.entries(match.headers).flatMap(([name, wanted]) => judge(`header ${name}`, wanted, findHeader(headers, name.toLowerCase()))),
    ...Object.entries(match.withoutHeaders).map(([name, unwanted]) => {
      const on = `header ${name}`
      return {
        on,
        text: `${on} not ${describe(unwanted)}`,
        truth: not(satisfies(unwanted, findHeader(headers, name.toLowerCase()))),
      }
    }),
    ...judgeQuery(match, path),
  ]
  const open = judged.filter((one) => one.truth === 'UNKNOWN')
  return { truth: every(judged.map((one) => one.truth)), on: open.map((one) => one.on), when: open.map((one) => one.text).join(' and ') }
}
