/**
 * Does one match take everything that another one takes?
 *
 * Every condition of the wider one has to follow from the narrower. Regular expressions are compared as they are written (ROUTE-2, ROUTE-7).
 */
import { plainMatch } from '../../snapshot/control-planes/derived/derived.js'
import type { HttpMatch, L4Match, StringMatch } from '../../resources/istio/virtual-service.js'
import type { Labels } from '../../resources/meta.js'
import { covers } from '../../snapshot/covers.js'
import { isAnyPath } from './hooks-of-requests.js'

function coversText(wide: StringMatch | undefined, narrow: StringMatch | undefined): boolean {
  if (wide === undefined) return true
  if (narrow === undefined) return false
  if ('present' in wide) return true
  if ('prefix' in wide) {
    const text = 'exact' in narrow ? narrow.exact : 'prefix' in narrow ? narrow.prefix : undefined
    return text?.startsWith(wide.prefix) === true
  }
  if ('exact' in wide) return 'exact' in narrow && narrow.exact === wide.exact
  return 'regex' in wide && 'regex' in narrow && narrow.regex === wide.regex
}

type Texts = Readonly<Record<string, StringMatch>>
const coversAll = (wide: Texts, narrow: Texts): boolean => Object.keys(wide).every((key) => coversText(wide[key], narrow[key]))

const same = (a: StringMatch | undefined, b: StringMatch | undefined): boolean => coversText(a, b) && coversText(b, a)

/** What is left out by the wider one has to be left out by the narrower. */
const coversWithout = (wide: Texts, narrow: Texts): boolean =>
  Object.keys(wide).every((key) => key in narrow && same(wide[key], narrow[key]))

const coversLabels = (wide: Labels, narrow: Labels): boolean => Object.keys(wide).every((key) => wide[key] === narrow[key])

function coversPath(wide: HttpMatch, narrow: HttpMatch): boolean {
  if (isAnyPath(wide.uri)) return true
  if (narrow.ignoreUriCase && !wide.ignoreUriCase) return false
  return coversText(wide.ignoreUriCase ? inSmall(wide.uri) : wide.uri, wide.ignoreUriCase ? inSmall(narrow.uri) : narrow.uri)
}

function inSmall(uri: StringMatch | undefined): StringMatch | undefined {
  if (uri === undefined || 'regex' in uri || 'present' in uri || 'removed' in uri) return uri
  return 'exact' in uri ? { exact: uri.exact.toLowerCase() } : { prefix: uri.prefix.toLowerCase() }
}

const coversPlace = (wide: HttpMatch | L4Match, narrow: HttpMatch | L4Match): boolean =>
  (wide.port === undefined || wide.port === narrow.port) &&
  (wide.sourceNamespace === undefined || wide.sourceNamespace === narrow.sourceNamespace) &&
  coversLabels(wide.sourceLabels, narrow.sourceLabels) &&
  (wide.gateways.length === 0 || (narrow.gateways.length > 0 && narrow.gateways.every((name) => wide.gateways.includes(name))))

export const coversRequest = (wide: HttpMatch, narrow: HttpMatch): boolean =>
  coversPath(wide, narrow) &&
  coversText(wide.scheme, narrow.scheme) &&
  coversText(wide.method, narrow.method) &&
  coversText(wide.authority, narrow.authority) &&
  coversAll(wide.headers, narrow.headers) &&
  coversWithout(wide.withoutHeaders, narrow.withoutHeaders) &&
  coversAll(wide.queryParams, narrow.queryParams) &&
  coversPlace(wide, narrow)

export const coversConnection = (wide: L4Match, narrow: L4Match): boolean =>
  (wide.sniHosts.length === 0 ||
    (narrow.sniHosts.length > 0 && narrow.sniHosts.every((host) => wide.sniHosts.some((pattern) => covers(pattern, host))))) &&
  (wide.destinationSubnets.length === 0 ||
    (narrow.destinationSubnets.length > 0 && narrow.destinationSubnets.every((subnet) => wide.destinationSubnets.includes(subnet)))) &&
  coversPlace(wide, narrow)

/** Does it take every request of the proxies that it is for? */
export const isCatchAll = (match: HttpMatch): boolean => coversRequest({ ...match, gateways: [] }, plainMatch)
