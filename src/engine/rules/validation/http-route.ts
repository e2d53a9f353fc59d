import { isRaw, type Raw } from '../../resources/reading.js'
import { type Complaint, entriesIn, has, listIn, numberIn, objectIn, objectsIn, textIn, when } from './fields.js'
import { checkDuration } from './duration.js'
import { checkCors, checkFault, checkRetries } from './http-features.js'
import { isLabel, isPort } from './names.js'
import { checkAuthority, checkRedirect, checkRewrite } from './redirects.js'
import { checkDestination, checkWeights } from './check-destination.js'
import { checkLabels } from './common-parts.js'
import { checkHeaders, checkMatch, isMatchableHeader } from './texts.js'

/** A route of HTTP: what it does with a request, one thing and not two, and which requests it takes. */
export function* checkHttpRoute(route: Raw, at: string, isDelegate: boolean): Iterable<Complaint> {
  yield* checkConflicts(route, at, isDelegate)
  for (const [match, place] of objectsIn(route, 'match', at)) yield* checkRequestMatch(match, place)
  yield* checkHeaders(objectIn(route, 'headers'), `${at}.headers`)
  yield* checkTargets(route, at)
  yield* checkCors(objectIn(route, 'corsPolicy'), `${at}.corsPolicy`)
  if (has(route, 'fault')) yield* checkFault(objectIn(route, 'fault'), `${at}.fault`)
  if (has(route, 'retries')) yield* checkRetries(objectIn(route, 'retries'), `${at}.retries`)
  if (has(route, 'redirect')) yield* checkRedirect(objectIn(route, 'redirect'), `${at}.redirect`, route)
  if (has(route, 'rewrite')) yield* checkRewrite(objectIn(route, 'rewrite'), `${at}.rewrite`)
  yield* checkAuthority(route, at)
  yield* checkDuration(route, 'timeout', at)
  if (has(route, 'directResponse')) yield* checkAnswer(objectIn(route, 'directResponse'), `${at}.directResponse`)
}

const kilobyte = 1024
const megabyte = 1024 * kilobyte

/** An answer of the proxy itself, whose body every proxy is given. */
function* checkAnswer(answer: Raw, at: string): Iterable<Complaint> {
  const status = numberIn(answer, 'status')
  if (status < 200 || status > 600) yield { at: `${at}.status`, says: `is ${status}, which is no status of an answer` }
  const body = objectIn(answer, 'body')
  const size = Buffer.byteLength(textIn(body, 'string')) + Buffer.byteLength(textIn(body, 'bytes'), 'base64')
  if (size > megabyte) yield { at: `${at}.body`, says: `is of ${size} bytes, and may be of 1 MB` }
  else if (size > 100 * kilobyte)
    yield { at: `${at}.body`, says: `is of ${size} bytes: every proxy is given it with its routes`, warns: true }
}

function* checkTargets(route: Raw, at: string): Iterable<Complaint> {
  yield* checkWeights(route, at)
  for (const [target, place] of objectsIn(route, 'route', at)) {
    yield* checkHeaders(objectIn(target, 'headers'), `${place}.headers`)
    if (has(target, 'destination')) yield* checkDestination(objectIn(target, 'destination'), `${place}.destination`)
  }
  if (has(route, 'mirror')) yield* checkDestination(objectIn(route, 'mirror'), `${at}.mirror`)
  for (const [mirror, place] of objectsIn(route, 'mirrors', at)) {
    if (has(mirror, 'destination')) yield* checkDestination(objectIn(mirror, 'destination'), `${place}.destination`)
    yield* checkShare(mirror, 'percentage', place)
  }
  yield* checkShare(route, 'mirrorPercentage', at)
  const percent = numberIn(route, 'mirrorPercent')
  if (percent > 100) yield { at: `${at}.mirrorPercent`, says: `is ${percent}, which is no share from 0 to 100` }
  if (has(route, 'mirror') && listIn(route, 'mirrors').length > 0)
    yield { at: `${at}.mirrors`, says: 'stands beside `mirror`: write one of them' }
}

/** A share of requests, from 0 to 100. */
function* checkShare(from: Raw, key: string, at: string): Iterable<Complaint> {
  const value = numberIn(objectIn(from, key), 'value')
  if (value < 0 || value > 100) yield { at: `${at}.${key}.value`, says: `is ${value}, which is no share from 0 to 100` }
}

const exclusive = ['fault', 'rewrite'] as const

/** A request is routed, redirected, answered or delegated. */
function* checkConflicts(route: Raw, at: string, isDelegate: boolean): Iterable<Complaint> {
  if (has(route, 'delegate')) return void (yield* checkDelegation(route, at, isDelegate))
  const routed = listIn(route, 'route').length > 0
  const instead = ['redirect', 'directResponse'].find((key) => has(route, key))
  if (instead === undefined) return void (yield* when(!routed, at, 'has neither `route` nor `redirect` nor `directResponse`'))
  yield* when(routed, `${at}.route`, `stands beside \`${instead}\`: write one of them`)
  for (const key of exclusive) yield* when(has(route, key), `${at}.${key}`, `stands beside \`${instead}\`, with which it has no effect`)
  const both = instead === 'redirect' && has(route, 'directResponse')
  yield* when(both, `${at}.directResponse`, 'stands beside `redirect`: write one of them')
}

/** A route that another VirtualService finishes. */
function* checkDelegation(route: Raw, at: string, isDelegate: boolean): Iterable<Complaint> {
  if (isDelegate)
    return void (yield { at: `${at}.delegate`, says: 'stands in a VirtualService without hosts: what others delegate to cannot delegate' })
  for (const key of ['redirect', 'route'] as const)
    yield* when(has(route, key), `${at}.${key}`, 'stands beside `delegate`: write one of them')
}

function* checkRequestMatch(match: Raw, at: string): Iterable<Complaint> {
  for (const key of ['headers', 'withoutHeaders'] as const) {
    for (const [name, wanted] of entriesIn(match, key)) {
      yield* when(!isMatchableHeader(name), `${at}.${key}`, `asks for \`${name}\`, which is no name of a header`)
      // In `withoutHeaders` a `*` means a header that is there at all.
      if (key === 'headers' || !(isRaw(wanted) && wanted['regex'] === '*')) yield* checkMatch(wanted, `${at}.${key}.${name}`)
    }
  }
  yield* checkMatch(match['uri'], `${at}.uri`, true)
  for (const key of ['scheme', 'method', 'authority'] as const) yield* checkMatch(match[key], `${at}.${key}`)
  for (const [name, wanted] of entriesIn(match, 'queryParams')) yield* checkMatch(wanted, `${at}.queryParams.${name}`)
  const [port, namespace] = [numberIn(match, 'port'), textIn(match, 'sourceNamespace')]
  yield* when(port !== 0 && !isPort(port), `${at}.port`, `is ${port}, which is no port`)
  yield* checkLabels(match, 'sourceLabels', at)
  yield* when(namespace !== '' && !isLabel(namespace), `${at}.sourceNamespace`, `is \`${namespace}\`, which is no name of a namespace`)
}
