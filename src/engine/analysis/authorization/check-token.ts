/**
 * What becomes of a request's token at the server's proxy?
 *
 * RequestAuthentications ask for none, but refuse one that is there and cannot be valid: no token at all, of another issuer, for another audience,
 * out of its time. The question says which token the request has, or that it has none; the signature is taken to be right. Of several rules one
 * that takes the token is enough, and where none does every place that is looked at must be empty. Rule AUTHZ-21.
 */
import type { ResourceRef } from '../../model/resource-ref.js'
import type { JwtRule } from '../../resources/istio/request-authentication.js'
import type { CallAttributes } from '../call/call.js'
import { parseToken } from './json-web-token.js'
import { noToken, type TokenState } from './token-state.js'

/** A rule with the object that it stands in. */
export interface PlacedJwtRule {
  readonly rule: JwtRule
  readonly ref: ResourceRef
}

/** Proxies allow clocks to differ by so much, in seconds. */
const skew = 60

/** `at`: milliseconds since the epoch. */
export function checkToken(rules: readonly PlacedJwtRule[], request: CallAttributes, at: number): TokenState {
  const states = rules.map((placed) => stateFor(placed, request, at))
  const taken = states.find(({ kind }) => kind === 'TAKEN')
  const refused = states.find(({ kind }) => kind === 'REFUSED')
  const issuers = rules.flatMap(({ rule }, position) => (states[position]?.kind === 'OPEN' ? [rule.issuer] : []))
  if (taken !== undefined || issuers.length === 0) return taken ?? refused ?? noToken
  return { kind: 'OPEN', issuers }
}

function stateFor({ rule, ref }: PlacedJwtRule, request: CallAttributes, at: number): TokenState {
  const texts = textsOf(rule, request)
  const [text] = texts
  if (text === undefined) return texts === unknown ? { kind: 'OPEN', issuers: [rule.issuer] } : noToken
  const token = parseToken(text)
  if (token === undefined) return refuse('it is no well-formed token')
  const { claims } = token
  if (rule.issuer !== '' && claims['iss'] !== rule.issuer) return refuse(`it is not issued by \`${rule.issuer}\``)
  return objectToTime(claims, at) ?? objectToAudience(claims, rule) ?? { kind: 'TAKEN', claims, rule, ref }
}

const refuse = (message: string): TokenState => ({ kind: 'REFUSED', message })

function objectToTime({ exp, nbf }: Readonly<Record<string, unknown>>, at: number): TokenState | undefined {
  const now = at / 1000
  if (typeof exp === 'number' && now > exp + skew) return refuse('it has expired')
  return typeof nbf === 'number' && now + skew < nbf ? refuse('it is not valid yet') : undefined
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value])

/** Audiences are compared without the scheme and a slash at the end, as proxies do. */
const bare = (audience: unknown): string => (typeof audience === 'string' ? audience.replace(/^https?:\/\//u, '').replace(/\/$/u, '') : '')

function objectToAudience({ aud }: Readonly<Record<string, unknown>>, { audiences }: JwtRule): TokenState | undefined {
  if (audiences.length === 0) return undefined
  const accepted = new Set(audiences.map(bare))
  return listOf(aud).some((audience) => accepted.has(bare(audience)))
    ? undefined
    : refuse(`it is not meant for \`${audiences.join('`, `')}\``)
}

/** No text, because the question says nothing of the place. */
const unknown: readonly string[] = []
const none: readonly string[] = []

const looksByDefault = ({ fromHeaders, fromParams, fromCookies }: JwtRule): boolean =>
  fromHeaders.length + fromParams.length + fromCookies.length === 0

/** The headers that the rule looks at. */
export const headersOfToken = (rule: JwtRule): JwtRule['fromHeaders'] =>
  looksByDefault(rule) ? [{ name: 'authorization', prefix: 'Bearer ' }] : rule.fromHeaders

/** What stands in the places that the rule looks at. */
function textsOf(rule: JwtRule, request: CallAttributes): readonly string[] {
  const { fromParams, fromCookies } = rule
  const parameters = looksByDefault(rule) ? ['access_token'] : fromParams
  const found = [
    ...headersOfToken(rule).map(({ name, prefix }) => inHeader(request, name, prefix)),
    ...fromCookies.map((name) => inCookie(request, name)),
    ...parameters.map((name) => inQuery(request, name)),
  ]
  const texts = found.flat()
  return texts.length > 0 ? texts : found.includes(unknown) ? unknown : none
}

function inHeader({ headers, absentHeaders }: CallAttributes, name: string, prefix: string): readonly string[] {
  const value = Object.hasOwn(headers, name) ? headers[name] : undefined
  if (value === undefined) return absentHeaders.has(name) ? none : unknown
  const start = value.indexOf(prefix)
  return start < 0 ? none : [(/[A-Za-z0-9_.-]+/u.exec(value.slice(start + prefix.length)) ?? [''])[0]]
}

function inCookie({ headers, absentHeaders }: CallAttributes, name: string): readonly string[] {
  if (headers['cookie'] === undefined) return absentHeaders.has('cookie') ? none : unknown
  const pairs = headers['cookie'].split(';').map((pair) => pair.trim())
  return pairs.flatMap((pair) => (pair.startsWith(`${name}=`) ? [pair.slice(name.length + 1)] : []))
}

/** A question that says nothing of the query is taken to have none. */
function inQuery({ path = '' }: CallAttributes, name: string): readonly string[] {
  const start = path.indexOf('?')
  const value = start < 0 ? null : new URLSearchParams(path.slice(start + 1)).get(name)
  return value === null ? none : [value]
}
