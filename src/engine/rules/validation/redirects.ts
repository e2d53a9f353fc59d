import type { Raw } from '../../resources/reading.js'
import { type Complaint, has, numberIn, objectIn, objectsIn, textIn, when } from './fields.js'
import { isPort } from './names.js'
import { faultOfPattern, isAuthority } from './texts.js'

export function* checkRedirect(redirect: Raw, at: string, route: Raw): Iterable<Complaint> {
  const [uri, prefix, scheme] = [textIn(redirect, 'uri'), textIn(redirect, 'prefixRewrite'), textIn(redirect, 'scheme')]
  yield* when(uri !== '' && prefix !== '', at, 'sets both `uri` and `prefixRewrite`')
  if (prefix !== '') yield* checkPrefix(route, at)
  const isSet = ['uri', 'prefixRewrite', 'authority', 'scheme'].some((key) => textIn(redirect, key) !== '')
  const leads = isSet || has(redirect, 'port') || has(redirect, 'derivePort')
  yield* when(!leads, at, 'says neither `uri` nor `authority` nor `scheme` nor `port`: it leads nowhere else')
  const [code, port] = [numberIn(redirect, 'redirectCode'), numberIn(redirect, 'port')]
  yield* when(code !== 0 && (code < 300 || code > 399), `${at}.redirectCode`, `is ${code}, which is no status that redirects`)
  yield* when(!['', 'http', 'https'].includes(scheme), `${at}.scheme`, `is \`${scheme}\`, which is neither \`http\` nor \`https\``)
  yield* when(port !== 0 && !isPort(port), `${at}.port`, `is ${port}, which is no port`)
}

/** What is put in place of a prefix needs one. */
function* checkPrefix(route: Raw, at: string): Iterable<Complaint> {
  for (const [match] of objectsIn(route, 'match', at)) {
    const isOther = has(match, 'uri') && !has(objectIn(match, 'uri'), 'prefix')
    yield* when(isOther, `${at}.prefixRewrite`, 'needs every `uri` of the route to be matched by a prefix')
  }
}

export function* checkRewrite(rewrite: Raw, at: string): Iterable<Complaint> {
  const uri = textIn(rewrite, 'uri')
  const byPattern = has(rewrite, 'uriRegexRewrite')
  if (uri !== '' && byPattern) yield { at, says: 'sets both `uri` and `uriRegexRewrite`' }
  if (uri === '' && !byPattern && textIn(rewrite, 'authority') === '')
    yield { at, says: 'says neither `uri` nor `uriRegexRewrite` nor `authority`' }
  if (!byPattern) return
  const pattern = objectIn(rewrite, 'uriRegexRewrite')
  if (textIn(pattern, 'match') === '' || textIn(pattern, 'rewrite') === '')
    yield { at: `${at}.uriRegexRewrite`, says: 'needs both `match` and `rewrite`' }
  const fault = textIn(pattern, 'match') === '' ? undefined : faultOfPattern(textIn(pattern, 'match'))
  if (fault !== undefined) yield { at: `${at}.uriRegexRewrite.match`, says: fault }
}

/** The authority of a request is set in one place. */
export function* checkAuthority(route: Raw, at: string): Iterable<Complaint> {
  const request = objectIn(objectIn(route, 'headers'), 'request')
  const setters = (['set', 'add'] as const).flatMap((how) => Object.keys(objectIn(request, how)).filter(isAuthority))
  const count = setters.length + (textIn(objectIn(route, 'rewrite'), 'authority') === '' ? 0 : 1)
  if (count > 1) yield { at: `${at}.headers.request`, says: 'sets the authority of requests once more' }
}
