/**
 * What does a proxy make of a request's path before it looks at it?
 *
 * Routes and policies judge what is left of it, which is what goes on: nothing behind `#`, no `.` and `..`, no `\\`, and letters, digits and `-._~` as
 * themselves; a query stays as it is. Rules AUTHZ-20, ROUTE-4, MODEL-1.
 */
import type { PathNormalization } from '../../snapshot/control-planes/mesh-config.js'

/** `path` with its query; one that does not begin with `/` is left alone. */
export function normalPath(path: string, normalization: PathNormalization): string {
  const [sent = ''] = path.split('#', 1)
  const at = sent.includes('?') ? sent.indexOf('?') : sent.length
  if (normalization === 'NONE' || !sent.startsWith('/')) return sent
  const bare = sent.slice(0, at)
  const decoded = normalization === 'DECODE_AND_MERGE_SLASHES' ? bare.replaceAll(/%2f/giu, '/').replaceAll(/%5c/giu, '\\') : bare
  const walked = withoutDots(escaped(decoded.replaceAll('\\', '/').replaceAll(/%[0-9a-f]{2}/giu, unescaped)))
  return `${normalization === 'BASE' ? walked : walked.replaceAll(/\/{2,}/gu, '/')}${sent.slice(at)}`
}

/** Only what needs no escape loses it. */
function unescaped(code: string): string {
  const character = String.fromCharCode(Number.parseInt(code.slice(1), 16))
  return /[\w.~-]/u.test(character) ? character : code
}

/** What no URL may hold as it is. */
const escaped = (path: string): string =>
  path.replaceAll(/[^!$-;=@-[\]-_a-z|~]/gu, (character) => encodeURIComponent(character.toWellFormed()))

function withoutDots(path: string): string {
  const segments = path.split('/').slice(1)
  const kept: string[] = []
  for (const segment of segments) {
    if (segment === '..') kept.pop()
    else if (segment !== '.') kept.push(segment)
  }
  const last = segments.at(-1)
  return `/${[...kept, ...(last === '.' || last === '..' ? [''] : [])].join('/')}`
}
