import { ofRemovedValue } from '../../manifests/secrets/removed-value.js'
import type { HttpMatch, StringMatch } from '../../resources/istio/virtual-service.js'
import { type ResolvedCall, findHeader } from '../call/call.js'
import { every, not, type Truth } from '../call/truth.js'
import type { Work } from '../../istiod/expressions/work.js'
import { unknownSources } from './concerns-proxy.js'
import { claimOf, hasClaim } from '../authorization/has-claim.js'
import { describe, holdsForAny, satisfies } from './satisfies.js'

/** One condition of a match block, judged: what it looks at, how it reads, and whether it holds. */
interface Judged {
  readonly on: string
  readonly text: string
  readonly truth: Truth
  /** What the request has. */
  readonly has?: string | undefined
}

/** The result for a block: what it needs is listed only where the question leaves it open. */
export interface BlockMatch {
  readonly truth: Truth
  readonly on: readonly string[]
  readonly when: string
  /** What it asks for and the request surely has not. */
  readonly misses: readonly string[]
}

const judge = (on: string, match: StringMatch | undefined, value: string | undefined, work: Work, ignoreCase = false): Judged[] =>
  match === undefined ? [] : [{ on, text: `${on} ${describe(match)}`, truth: satisfies(match, value, work, ignoreCase), has: value }]

/** The same for what no request is without: where the question leaves it open, a test that every value passes is none. `beginning`: of every value. */
const judgeInherent = (
  on: string,
  match: StringMatch | undefined,
  value: string | undefined,
  work: Work,
  beginning = '',
  ignoreCase = false,
): Judged[] =>
  match !== undefined && value === undefined && holdsForAny(match, beginning) ? [] : judge(on, match, value, work, ignoreCase)

const tellClaim = (path: readonly string[]): string => `claim ${path.join('.')} of a token that the proxy reads`

const tellMiss = ({ text, has }: Judged): string => (has === undefined ? text : `${text} (this is \`${has}\`)`)

/** The first of that name, as it is written: proxies do not decode a query for their routes. */
function queryValue(path: string | undefined, name: string): string | undefined {
  const start = path?.indexOf('?') ?? -1
  if (path === undefined || start < 0) return undefined
  const parameters = path.slice(start + 1).split('&')
  const found = parameters.find((parameter) => parameter === name || parameter.startsWith(`${name}=`))
  return found?.slice(name.length + 1)
}

/** Open where the request may have one authority that matches and one that does not. */
function judgeAuthority(match: StringMatch | undefined, authorities: readonly string[], work: Work): Judged[] {
  if (match === undefined) return []
  const [first = 'UNKNOWN', ...others] = authorities.map((authority) => satisfies(match, authority, work))
  return [{ on: 'authority', text: `authority ${describe(match)}`, truth: others.every((truth) => truth === first) ? first : 'UNKNOWN' }]
}

/** A query parameter that a stated path lacks is absent, not unknown. */
function judgeQuery(match: HttpMatch, path: string | undefined, work: Work): Judged[] {
  return Object.entries(match.queryParams).map(([name, wanted]) => {
    const on = `query parameter ${name}`
    const value = queryValue(path, name)
    const truth = path !== undefined && value === undefined ? 'NO' : satisfies(wanted, value, work)
    return { on, text: `${on} ${describe(wanted)}`, truth }
  })
}

/**
 * Would a request with these attributes satisfy the block?
 *
 * What the question does not state is UNKNOWN, so that both outcomes are followed. Rules ROUTE-2, ROUTE-4.
 */
export function judgeBlock(match: HttpMatch, call: ResolvedCall): BlockMatch {
  const { host, attributes } = call
  const { method, path, headers, absentHeaders, authorities = [host], work } = attributes
  const hasHeader = (name: string, wanted: StringMatch): Truth =>
    absentHeaders.has(name) ? 'NO' : satisfies(wanted, findHeader(headers, name), work)
  // A header that is not there counts as an empty one here, unless any is unwanted.
  const hasUnwanted = (name: string, unwanted: StringMatch): Truth =>
    absentHeaders.has(name) && !('present' in unwanted) ? satisfies(unwanted, '', work) : hasHeader(name, unwanted)
  const judged: Judged[] = [
    ...judgeInherent('path', match.uri, path?.split('?')[0], work, '/', match.ignoreUriCase),
    ...judgeInherent('method', match.method, method, work),
    ...judge('scheme', match.scheme, headers[':scheme'] ?? 'http', work),
    ...judgeAuthority(match.authority, authorities, work),
    ...Object.entries(match.headers).map(([name, wanted]) => {
      const claim = claimOf(name)
      const on = claim === undefined ? `header ${name}` : tellClaim(claim)
      const truth = claim === undefined ? hasHeader(name.toLowerCase(), wanted) : hasClaim(claim, wanted, call)
      return { on, text: `${on} ${describe(wanted)}`, truth }
    }),
    ...Object.entries(match.withoutHeaders).map(([name, unwanted]) => {
      const claim = claimOf(name)
      const on = claim === undefined ? `header ${name}` : tellClaim(claim)
      const truth = claim === undefined ? hasUnwanted(name.toLowerCase(), unwanted) : hasClaim(claim, unwanted, call)
      return { on, text: `${on} not ${describe(unwanted)}`, truth: not(truth) }
    }),
    ...judgeQuery(match, path, work),
    ...unknownSources(match).map((key): Judged => {
      const on = `label ${key}`
      return { on, text: `${on} of the caller ${ofRemovedValue}`, truth: 'UNKNOWN' }
    }),
  ]
  const open = judged.filter((one) => one.truth === 'UNKNOWN')
  return {
    truth: every(judged.map((one) => one.truth)),
    on: open.map((one) => one.on),
    when: open.map((one) => one.text).join(' and '),
    misses: judged.filter((one) => one.truth === 'NO').map(tellMiss),
  }
}
