import { CelScalar, celFunc, celMethod, listType } from '@bufbuild/cel'
import { ipFamily } from '../../istiod/matching/ip-family.js'
import { parseCidr } from '../../snapshot/networks/cidr.js'

const { STRING, BOOL } = CelScalar

/** As Go's `url.ParseRequestURI`: a path from the root, or a scheme with what belongs to it. */
const isUrl = (text: string): boolean => {
  if (text === '' || hasControl(text) || /%(?![0-9a-fA-F]{2})/.test(text)) return false
  if (text.startsWith('/')) return !text.startsWith('//') || isAuthority(text)
  const { scheme, rest } = partsOf(text)
  return scheme !== '' && (!rest.startsWith('//') || isAuthority(rest))
}

const hasControl = (text: string): boolean => [...text].some((character) => character < ' ' || character === '\u007f')

/** `//user@host:port` and what follows: which characters may be where, and a port of digits. */
const isAuthority = (text: string): boolean => {
  const authority = text.slice(2).split('/', 1)[0] ?? ''
  const at = authority.lastIndexOf('@')
  if (at >= 0 && !/^[A-Za-z0-9\-._:~!$&'()*+,;=%@]*$/.test(authority.slice(0, at))) return false
  return /^([A-Za-z0-9\-_.~!$&'()*+,;=%<>"\u0080-\uffff]*|\[[^\]]*\])(:\d*)?$/.test(authority.slice(at + 1))
}

const partsOf = (text: string): { readonly scheme: string; readonly rest: string } => {
  const scheme = /^[A-Za-z][A-Za-z0-9+.-]*(?=:)/.exec(text)?.[0] ?? ''
  return { scheme: scheme.toLowerCase(), rest: text.slice(scheme.length + 1) }
}

const subdomain = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/

/** Names of formats, and whether a text has them. */
const formats: Readonly<Record<string, (text: string) => boolean>> = {
  dns1123Subdomain: (text) => text.length <= 253 && subdomain.test(text),
  qualifiedName: (text) => {
    const [name = '', prefix, ...more] = text.split('/').toReversed()
    const named = name.length <= 63 && /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/.test(name)
    return named && more.length === 0 && (prefix === undefined || (prefix.length <= 253 && subdomain.test(prefix)))
  },
}

const cidrOf = (text: string): ReturnType<typeof parseCidr> => (text.includes('/') ? parseCidr(text) : undefined)

/** What API servers add to the language, as far as published rules use it. A URL, a CIDR and a format stand for themselves as texts. */
export const celFunctions = [
  celFunc('isURL', [STRING], BOOL, (text) => isUrl(text)),
  celFunc('url', [STRING], STRING, (text) => {
    if (!isUrl(text)) throw new Error('not a URL')
    return text
  }),
  celMethod('getScheme', STRING, [], STRING, function scheme() {
    return partsOf(this).scheme
  }),
  celFunc('isIP', [STRING], BOOL, (text) => ipFamily(text) !== undefined),
  celFunc('isCIDR', [STRING], BOOL, (text) => cidrOf(text) !== undefined),
  celFunc('cidr', [STRING], STRING, (text) => {
    if (cidrOf(text) === undefined) throw new Error('not a CIDR')
    return text
  }),
  // Of one with bits beyond its prefix, a text that is no other CIDR's: rules only ask whether it is the same.
  celMethod('masked', STRING, [], STRING, function masked() {
    return cidrOf(this)?.isMasked === true ? this : `masked ${this}`
  }),
  ...Object.keys(formats).map((name) => celFunc(`format.${name}`, [], STRING, () => name)),
  celMethod('validate', STRING, [STRING], listType(STRING), function validate(text) {
    return formats[this]?.(text) === true ? [] : [text]
  }),
  celMethod('hasValue', listType(STRING), [], BOOL, function hasValue() {
    return this.size > 0
  }),
]
