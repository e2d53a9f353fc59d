import { judge } from '../../istiod/expressions/expression.js'
import { isRaw, type Raw } from '../../resources/reading.js'
import type { Complaint } from './fields.js'
import { faultOfHeaderValue } from './header-value.js'

/** Why a proxy does not take the pattern; undefined: it does. */
export const faultOfPattern = (pattern: string): string | undefined => {
  if (pattern === '') return 'is an empty regular expression'
  if (pattern.length > 1024) return 'is a regular expression of more than 1024 characters'
  return judge(pattern).standing === 'INVALID'
    ? `is \`${pattern.slice(0, 100)}\`, which is no regular expression of RE2 (it knows neither looking around nor back references)`
    : undefined
}

/** A match of a text: neither its prefix nor its pattern may be empty, unless an empty prefix may be. */
export function* checkMatch(match: unknown, at: string, mayBeEmpty = false): Iterable<Complaint> {
  if (!isRaw(match)) return
  if (match['prefix'] === '' && !mayBeEmpty) yield { at: `${at}.prefix`, says: 'is an empty prefix' }
  if (typeof match['regex'] !== 'string') return
  const fault = faultOfPattern(match['regex'])
  if (fault !== undefined) yield { at: `${at}.regex`, says: fault }
}

const headerName = /^[!#$%&'*+\-.^_`|~A-Za-z0-9]+$/
const pseudoHeaders = new Set([':method', ':scheme', ':authority', ':path', ':status'])

export const isHeaderName = (name: string): boolean => headerName.test(name)

/** `@request.auth.claims.group` and the like. */
export const isClaim = (name: string): boolean => /^@request\.auth\.claims[.[]/i.test(name)

export const isMatchableHeader = (name: string): boolean => isHeaderName(name) || pseudoHeaders.has(name) || isClaim(name)

const isInner = (name: string): boolean => name.startsWith(':') || name.toLowerCase() === 'host'
export const isAuthority = (name: string): boolean => ['host', ':authority'].includes(name.toLowerCase())

/** Headers that are added, set or removed: no pseudo header, and the host only in requests. */
export function* checkHeaders(headers: Raw, at: string): Iterable<Complaint> {
  for (const side of ['request', 'response'] as const) {
    const changes = headers[side]
    if (!isRaw(changes)) continue
    for (const how of ['add', 'set'] as const) {
      for (const [name, value] of Object.entries(isRaw(changes[how]) ? changes[how] : {})) {
        const fault = faultOfChange(name, side === 'request')
        if (fault !== undefined) yield { at: `${at}.${side}.${how}`, says: fault }
        yield* checkValue(value, `${at}.${side}.${how}.${name}`)
      }
    }
    for (const name of Array.isArray(changes['remove']) ? changes['remove'] : []) {
      const fault = typeof name === 'string' ? faultOfChange(name, false) : undefined
      if (fault !== undefined) yield { at: `${at}.${side}.remove`, says: fault }
    }
  }
}

function* checkValue(value: unknown, at: string): Iterable<Complaint> {
  const fault = typeof value === 'string' ? faultOfHeaderValue(value) : undefined
  if (fault !== undefined) yield { at, says: `is \`${String(value).slice(0, 100)}\`, which ${fault}` }
}

const faultOfChange = (name: string, mayBeAuthority: boolean): string | undefined => {
  if (name === '') return 'names an empty header'
  if (isInner(name) && !(mayBeAuthority && isAuthority(name)))
    return `changes the header \`${name}\`, which only a rewrite of a request's authority may`
  return undefined
}
