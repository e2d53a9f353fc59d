/**
 * Settings of an external authorization provider that the control plane refuses, and the provider with them (AUTHZ-30).
 */
import { findText, type Raw, type Reading, readTexts } from '../../resources/reading.js'

/** The status codes that a proxy knows. */
const ranges: readonly (readonly [number, number])[] = [
  [0, 0],
  [100, 100],
  [200, 208],
  [226, 226],
  [300, 305],
  [307, 308],
  [400, 417],
  [421, 424],
  [426, 426],
  [428, 429],
  [431, 431],
  [500, 508],
  [510, 511],
]

/** Fields of an HTTP provider that list headers, none of which may be `*` alone. */
const headerLists = [
  'includeRequestHeadersInCheck',
  'includeHeadersInCheck',
  'headersToDownstreamOnDeny',
  'headersToDownstreamOnAllow',
  'headersToUpstreamOnAllow',
]

/** The status that is answered when the provider does not. */
function statusFault(reading: Reading, settings: Raw, where: string): string | undefined {
  const status = findText(reading, settings, 'statusOnError', where)
  if (status === undefined || status === '') return undefined
  const code = /^[-+]?\d+$/u.test(status) ? Number(status) : -1
  return ranges.some(([first, last]) => code >= first && code <= last) ? undefined : `\`statusOnError: ${status}\``
}

/** The setting that is refused, as written; what speaks gRPC has a status alone. */
export function providerFault(reading: Reading, settings: Raw, where: string, speaksHttp: boolean): string | undefined {
  if (!speaksHttp) return statusFault(reading, settings, where)
  const prefix = findText(reading, settings, 'pathPrefix', where) ?? ''
  if (prefix !== '' && !prefix.startsWith('/')) return `\`pathPrefix: ${prefix}\``
  const list = headerLists.find((field) => readTexts(reading, settings, field, where).includes('*'))
  return list === undefined ? statusFault(reading, settings, where) : `\`*\` in \`${list}\``
}
