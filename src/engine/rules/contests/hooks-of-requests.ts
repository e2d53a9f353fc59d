import type { HttpMatch, L4Match, StringMatch } from '../../resources/istio/virtual-service.js'
import { isWildcard } from '../../snapshot/covers.js'
import { beginning, exactly, type Hooks, type TakeHook } from './blocks-by-hook.js'

type Texts = Readonly<Record<string, StringMatch>>
const [patternOf, presentOf] = [(name: string): string => `${name}~`, (name: string): string => `${name}?`]

/** What a text has to be; a text that was removed is nobody's. */
function ofText(name: string, match: StringMatch, take: TakeHook): void {
  if ('exact' in match) take(exactly(name), match.exact.toLowerCase())
  else if ('prefix' in match) take(beginning(name), match.prefix.toLowerCase())
  else if ('regex' in match) take(patternOf(name), match.regex)
  else if ('present' in match) take(presentOf(name), '')
}

function metByText(name: string, match: StringMatch | undefined, take: TakeHook): void {
  if (match === undefined) return
  take(presentOf(name), '')
  if ('exact' in match) {
    take(exactly(name), match.exact.toLowerCase())
    take(beginning(name), match.exact.toLowerCase())
  } else if ('prefix' in match) take(beginning(name), match.prefix.toLowerCase())
  else if ('regex' in match) take(patternOf(name), match.regex)
}

const takeAnything = (take: TakeHook): void => take('', '')

/** Where the caller is, and which port it calls. */
function ofPlace({ port, sourceNamespace, sourceLabels }: HttpMatch | L4Match, take: TakeHook): void {
  const [label] = Object.entries(sourceLabels)
  if (label !== undefined) take(exactly(`label ${label[0]}`), label[1])
  else if (sourceNamespace !== undefined) take(exactly('namespace'), sourceNamespace)
  else if (port === undefined) takeAnything(take)
  else take(exactly('port'), `${port}`)
}

function metByPlace({ port, sourceNamespace, sourceLabels }: HttpMatch | L4Match, take: TakeHook): void {
  takeAnything(take)
  if (port !== undefined) take(exactly('port'), `${port}`)
  if (sourceNamespace !== undefined) take(exactly('namespace'), sourceNamespace)
  for (const name in sourceLabels) take(exactly(`label ${name}`), sourceLabels[name] ?? '')
}

/** Every path begins with `/`. */
export const isAnyPath = (uri: StringMatch | undefined): boolean =>
  uri === undefined || 'present' in uri || ('prefix' in uri && (uri.prefix === '/' || uri.prefix === ''))

const firstText = (kind: string, texts: Texts): readonly [string, StringMatch] | undefined => {
  for (const name in texts) return [`${kind} ${name}`, texts[name] as StringMatch]
  return undefined
}

/** By its path, or else by the first other text that it asks for. */
function ofRequest(match: HttpMatch, take: TakeHook): void {
  const { uri, method, authority, headers, queryParams } = match
  const [name, text] = (uri !== undefined && !isAnyPath(uri) ? (['uri', uri] as const) : undefined) ??
    firstText('header', headers) ??
    firstText('parameter', queryParams) ?? ['method', method]
  if (text !== undefined) ofText(name, text, take)
  else if (authority !== undefined) ofText('authority', authority, take)
  else ofPlace(match, take)
}

function metByRequest(match: HttpMatch, take: TakeHook): void {
  const { uri, method, authority, headers, queryParams } = match
  metByPlace(match, take)
  metByText('uri', uri, take)
  metByText('method', method, take)
  metByText('authority', authority, take)
  for (const name in headers) metByText(`header ${name}`, headers[name], take)
  for (const name in queryParams) metByText(`parameter ${name}`, queryParams[name], take)
}

export const hooksOfRequests: Hooks<HttpMatch> = { of: ofRequest, metBy: metByRequest }

const backwards = (text: string): string => [...text].reverse().join('')
const [hostUnder, subnetOf] = [beginning('host from its end'), exactly('subnet')]

/** By the hosts that it is for, any of which the first of a narrower one has to be under, or else by its subnets. */
function ofConnection(match: L4Match, take: TakeHook): void {
  const { sniHosts, destinationSubnets } = match
  for (const host of sniHosts) {
    if (isWildcard(host)) take(hostUnder, backwards(host.slice(1)))
    else take(exactly('host'), host)
  }
  if (sniHosts.length > 0) return
  for (const subnet of destinationSubnets) take(subnetOf, subnet)
  if (destinationSubnets.length === 0) ofPlace(match, take)
}

function metByConnection(match: L4Match, take: TakeHook): void {
  const {
    sniHosts: [host],
    destinationSubnets: [subnet],
  } = match
  metByPlace(match, take)
  if (subnet !== undefined) take(subnetOf, subnet)
  if (host === undefined) return
  if (!isWildcard(host)) take(exactly('host'), host)
  take(hostUnder, backwards(isWildcard(host) ? host.slice(1) : host))
}

export const hooksOfConnections: Hooks<L4Match> = { of: ofConnection, metBy: metByConnection }
