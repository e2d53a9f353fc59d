/**
 * How policies match what a valid token says: `requestPrincipals`, and the `request.auth` keys of conditions.
 *
 * Rule AUTHZ-21.
 */
import { matchesText } from './matches-text.js'

type Claims = Readonly<Record<string, unknown>>

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

/** `iss/sub`; a pattern is split at its last slash, and without one it is about one of the two, which both must be there. */
export function matchesRequestPrincipal(pattern: string, { iss, sub }: Claims): boolean {
  const [issuer, subject] = [textOf(iss), textOf(sub)]
  if (issuer === '' || subject === '') return false
  const slash = pattern.lastIndexOf('/')
  if (slash >= 0) return matchesText(pattern.slice(0, slash), issuer) && matchesText(pattern.slice(slash + 1), subject)
  if (pattern === '*') return true
  if (pattern.startsWith('*')) return matchesText(pattern, subject)
  return pattern.endsWith('*') && matchesText(pattern, issuer)
}

/** May the token of one of these issuers have such a principal? An issuer that no rule names may be any. */
export function mayBePrincipal(pattern: string, issuers: readonly string[]): boolean {
  const slash = pattern.lastIndexOf('/')
  if (issuers.includes('') || (slash < 0 && pattern.startsWith('*'))) return true
  const issuer = slash < 0 ? pattern : pattern.slice(0, slash)
  return (slash >= 0 || pattern.endsWith('*')) && issuers.some((one) => matchesText(issuer, one))
}

/** The same of any claim: nothing is known but who issued it. */
export function mayHaveClaim(key: string, pattern: string, issuers: readonly string[]): boolean {
  if (key === 'request.auth.principal') return mayBePrincipal(pattern, issuers)
  return key !== 'request.auth.claims[iss]' || issuers.includes('') || issuers.some((one) => matchesText(pattern, one))
}

/** Claims that hold a list in one text. */
const spaced = new Set(['scope', 'permission'])

const hasClaims = (value: unknown): value is Claims => typeof value === 'object' && value !== null && !Array.isArray(value)

/** A path leads through objects only: nobody counts the values of a list. */
export function valuesAt(claims: Claims, path: readonly string[]): readonly string[] {
  let value: unknown = claims
  for (const name of path) value = hasClaims(value) && Object.hasOwn(value, name) ? value[name] : undefined
  const [only = ''] = path
  if (typeof value === 'string') return path.length === 1 && spaced.has(only) ? value.split(' ') : [value]
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : []
}

/** `request.auth.claims[a][b]`, `request.auth.audiences`, `request.auth.presenter`, `request.auth.principal`. */
export function matchesClaim(key: string, pattern: string, claims: Claims): boolean {
  if (key === 'request.auth.principal') return matchesRequestPrincipal(pattern, claims)
  const path = claimPath(key)
  return path !== undefined && valuesAt(claims, path).some((value) => matchesText(pattern, value))
}

function claimPath(key: string): readonly string[] | undefined {
  if (key === 'request.auth.audiences') return ['aud']
  if (key === 'request.auth.presenter') return ['azp']
  const names = /^request\.auth\.claims((?:\[[^\]]+\])+)$/u.exec(key)?.[1]
  return names === undefined ? undefined : [...names.matchAll(/\[([^\][]+)\]/gu)].map(([, name = '']) => name)
}
