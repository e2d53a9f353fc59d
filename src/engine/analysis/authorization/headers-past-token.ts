/**
 * Which headers do policies see once the token is checked?
 *
 * What a RequestAuthentication writes of a token nobody else may: a header of that name is taken away from every request, and set from the token
 * that was taken. The token itself goes unless it is to be forwarded. Rule AUTHZ-21.
 */
import type { CallAttributes } from '../call/call.js'
import { headersOfToken, type PlacedJwtRule } from './check-token.js'
import type { TokenState } from './token-state.js'

type Headers = Pick<CallAttributes, 'headers' | 'absentHeaders' | 'apart'>

export function headersPastToken(rules: readonly PlacedJwtRule[], token: TokenState, { headers, absentHeaders, apart }: Headers): Headers {
  const kept = new Map(Object.entries(headers))
  const absent = new Set(absentHeaders)
  const entries = new Map(apart)
  const take = (name: string): void => {
    kept.delete(name)
    entries.delete(name)
    absent.add(name)
  }
  for (const { rule } of rules) for (const { name } of rule.outputHeaders) take(name)
  if (token.kind === 'TAKEN') {
    const { rule, claims } = token
    const carried = headersOfToken(rule).filter(({ name, prefix }) => kept.get(name)?.includes(prefix) === true)
    if (!rule.forwards) for (const { name } of carried) take(name)
    for (const { name, claim } of rule.outputHeaders) write(name, claim === undefined ? claims : claimNamed(claims, claim))
  }
  if (token.kind === 'OPEN') for (const { rule } of rules) for (const { name } of rule.outputHeaders) absent.delete(name)
  return { headers: Object.fromEntries(kept), absentHeaders: absent, apart: entries }

  /** How lists and objects are written is not followed: nothing is known of the header then. */
  function write(name: string, value: unknown): void {
    if (value === undefined || value === null) return
    absent.delete(name)
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') kept.set(name, String(value))
  }
}

/** `a.b` is claim `b` inside of claim `a`. */
const claimNamed = (claims: unknown, name: string): unknown =>
  name.split('.').reduce<unknown>((value, key) => (isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined), claims)

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null
