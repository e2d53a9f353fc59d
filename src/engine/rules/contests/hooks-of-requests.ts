import type { HttpMatch, L4Match, StringMatch } from '../../resources/istio/virtual-service.js'
import { isWildcard } from '../../snapshot/covers.js'
import { beginning, exactly, type Hook, type Hooks } from './blocks-by-hook.js'

type Texts = Readonly<Record<string, StringMatch>>
const [patternOf, presentOf] = [(name: string): string => `${name}~`, (name: string): string => `${name}?`]

/** What a text has to be; a text that was removed is nobody's. */
function* ofText(name: string, match: StringMatch): Iterable<Hook> {
  if ('exact' in match) yield { family: exactly(name), text: match.exact.toLowerCase() }
  else if ('prefix' in match) yield { family: beginning(name), text: match.prefix.toLowerCase() }
  else if ('regex' in match) yield { family: patternOf(name), text: match.regex }
  else if ('present' in match) yield { family: presentOf(name), text: '' }
}

function* metByText(name: string, match: StringMatch | undefined): Iterable<Hook> {
  if (match === undefined) return
  yield { family: presentOf(name), text: '' }
  if ('exact' in match) {
    yield { family: exactly(name), text: match.exact.toLowerCase() }
    yield { family: beginning(name), text: match.exact.toLowerCase() }
  } else if ('prefix' in match) yield { family: beginning(name), text: match.prefix.toLowerCase() }
  else if ('regex' in match) yield { family: patternOf(name), text: match.regex }
}

const anything: Hook = { family: '', text: '' }

/** Where the caller is, and which port it calls. */
function* ofPlace({ port, sourceNamespace, sourceLabels }: HttpMatch | L4Match): Iterable<Hook> {
  const [label] = Object.entries(sourceLabels)
  if (label !== undefined) yield { family: exactly(`label ${label[0]}`), text: label[1] }
  else if (sourceNamespace !== undefined) yield { family: exactly('namespace'), text: sourceNamespace }
  else yield port === undefined ? anything : { family: exactly('port'), text: `${port}` }
}

function* metByPlace({ port, sourceNamespace, sourceLabels }: HttpMatch | L4Match): Iterable<Hook> {
  yield anything
  if (port !== undefined) yield { family: exactly('port'), text: `${port}` }
  if (sourceNamespace !== undefined) yield { family: exactly('namespace'), text: sourceNamespace }
  for (const name in sourceLabels) yield { family: exactly(`label ${name}`), text: sourceLabels[name] ?? '' }
}

/** Every path begins with `/`. */
export const isAnyPath = (uri: StringMatch | undefined): boolean =>
  uri === undefined || 'present' in uri || ('prefix' in uri && (uri.prefix === '/' || uri.prefix === ''))

const firstText = (kind: string, texts: Texts): readonly [string, StringMatch] | undefined => {
  for (const name in texts) return [`${kind} ${name}`, texts[name] as StringMatch]
  return undefined
}

/** By its path, or else by the first other text that it asks for. */
function* ofRequest(match: HttpMatch): Iterable<Hook> {
  const { uri, method, authority, headers, queryParams } = match
  const [name, text] = (uri !== undefined && !isAnyPath(uri) ? (['uri', uri] as const) : undefined) ??
    firstText('header', headers) ??
    firstText('parameter', queryParams) ?? ['method', method]
  if (text !== undefined) yield* ofText(name, text)
  else if (authority !== undefined) yield* ofText('authority', authority)
  else yield* ofPlace(match)
}

function* metByRequest(match: HttpMatch): Iterable<Hook> {
  const { uri, method, authority, headers, queryParams } = match
  yield* metByPlace(match)
  yield* metByText('uri', uri)
  yield* metByText('method', method)
  yield* metByText('authority', authority)
  for (const name in headers) yield* metByText(`header ${name}`, headers[name])
  for (const name in queryParams) yield* metByText(`parameter ${name}`, queryParams[name])
}

export const hooksOfRequests: Hooks<HttpMatch> = { of: ofRequest, metBy: metByRequest }

const backwards = (text: string): string => [...text].reverse().join('')
const [hostUnder, subnetOf] = [beginning('host from its end'), exactly('subnet')]

/** By the hosts that it is for, any of which the first of a narrower one has to be under, or else by its subnets. */
function* ofConnection(match: L4Match): Iterable<Hook> {
  const { sniHosts, destinationSubnets } = match
  for (const host of sniHosts) {
    if (isWildcard(host)) yield { family: hostUnder, text: backwards(host.slice(1)) }
    else yield { family: exactly('host'), text: host }
  }
  if (sniHosts.length > 0) return
  for (const subnet of destinationSubnets) yield { family: subnetOf, text: subnet }
  if (destinationSubnets.length === 0) yield* ofPlace(match)
}

function* metByConnection(match: L4Match): Iterable<Hook> {
  const {
    sniHosts: [host],
    destinationSubnets: [subnet],
  } = match
  yield* metByPlace(match)
  if (subnet !== undefined) yield { family: subnetOf, text: subnet }
  if (host === undefined) return
  if (!isWildcard(host)) yield { family: exactly('host'), text: host }
  yield { family: hostUnder, text: backwards(isWildcard(host) ? host.slice(1) : host) }
}

export const hooksOfConnections: Hooks<L4Match> = { of: ofConnection, metBy: metByConnection }
