import { ipFamily } from '../../istiod/matching/ip-family.js'

const label = '[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?'
const labelForm = new RegExp(`^${label}$`)
const wildcardForm = new RegExp(`^(\\*|(\\*|\\*-)?${label})$`)

export const isLabel = (text: string): boolean => text.length <= 63 && labelForm.test(text)

export const isAddress = (text: string): boolean => ipFamily(text) !== undefined

/** An address, or a block of addresses. */
export const isBlock = (text: string): boolean => {
  const [address = '', length, ...more] = text.split('/')
  const family = ipFamily(address)
  if (length === undefined) return family !== undefined
  return more.length === 0 && family !== undefined && /^(0|[1-9]\d{0,2})$/.test(length) && Number(length) <= (family === 4 ? 32 : 128)
}

/** What is wrong with the labels of a host: none may be empty but the last, and the last may not be a number. */
const faultOfLabels = (name: string): string | undefined => {
  const parts = name.split('.')
  const last = parts.at(-1) ?? ''
  if (/^[+-]?\d+$/.test(last)) return 'ends in a number'
  const wrong = parts.find((part, index) => !(index === parts.length - 1 && part === '') && !isLabel(part))
  return wrong === undefined ? undefined : `has the label \`${wrong}\`, which is none of DNS`
}

const faultOfLength = (name: string): string | undefined => {
  if (name === '') return 'is empty'
  return name.length > 255 ? 'has more than 255 characters' : undefined
}

/** What keeps the text from being a whole name of DNS; undefined: it is one. */
export const faultOfName = (name: string): string | undefined => faultOfLength(name) ?? faultOfLabels(name)

/** Most hosts: short labels of letters and digits, none of which is a number. */
const plainForm = /^(?:[a-zA-Z][a-zA-Z0-9]*\.)*[a-zA-Z][a-zA-Z0-9]*$/

/** The same, where the first label may be or begin with `*`. */
export const faultOfHost = (host: string): string | undefined => {
  if (host.length <= 63 && plainForm.test(host)) return undefined
  const tooLong = faultOfLength(host)
  if (tooLong !== undefined) return tooLong
  const [first = '', ...rest] = host.split('.')
  if (first.length > 63 || !wildcardForm.test(first)) return `has the label \`${first}\`, which is none of DNS`
  return rest.length === 0 ? undefined : faultOfLabels(rest.join('.'))
}

/** `*` may stand for a whole first label only. */
export const isPartialWildcard = (host: string): boolean => host.includes('*') && host.length !== 1 && !host.startsWith('*.')

const protocols = new Set('tcp udp grpc grpc-web http http_proxy http2 https tls mongo redis mysql'.split(' '))

export const isProtocol = (text: string): boolean => protocols.has(text.toLowerCase())
export const isHttp = (text: string): boolean => ['http', 'http2', 'http_proxy', 'grpc', 'grpc-web'].includes(text.toLowerCase())
export const isTls = (text: string): boolean => ['https', 'tls'].includes(text.toLowerCase())

/** Why a proxy can bind or reach no such socket of Unix; undefined: it can. An abstract one begins with `@`. */
export const faultOfSocket = (address: string): string | undefined => {
  const path = address.slice('unix://'.length)
  if (path.startsWith('@')) return undefined
  return path.startsWith('/') && !path.endsWith('/') ? undefined : 'is no absolute path of a socket'
}

export const isPort = (number: number): boolean => Number.isInteger(number) && number >= 1 && number <= 65535

const qualified = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/

/** Values of labels: empty, or of characters that Kubernetes takes. */
export const isLabelValue = (value: string): boolean => value === '' || qualified.test(value)
