/** Istio's reading of a port's protocol (TLS-12); AUTO is decided by the bytes, TLS covers `https` and `tls`. */
export type Protocol = 'HTTP' | 'TLS' | 'TCP' | 'UDP' | 'AUTO'

/**
 * How Istio reads a port's protocol. Rule TLS-12.
 *
 * `appProtocol` wins over the name even when it is not understood; a port that says nothing is decided by its bytes
 * (AUTO), except for well-known numbers whose servers speak first.
 */
const words: Readonly<Record<string, Protocol>> = {
  http: 'HTTP',
  http2: 'HTTP',
  grpc: 'HTTP',
  'grpc-web': 'HTTP',
  http_proxy: 'HTTP',
  https: 'TLS',
  tls: 'TLS',
  tcp: 'TCP',
  mongo: 'TCP',
  redis: 'TCP',
  mysql: 'TCP',
  udp: 'UDP',
}
const appWords: Readonly<Record<string, Protocol>> = { 'kubernetes.io/h2c': 'HTTP', 'kubernetes.io/ws': 'HTTP', 'kubernetes.io/wss': 'TLS' }
const serverFirst = new Set([25, 53, 3306, 27017])

/** Ports of SSH, FTP, mail and MySQL: whoever calls them waits for the server's greeting. */
const greeting = new Set([21, 22, 25, 110, 143, 587, 3306])

const ofWord = (word: string): Protocol | undefined => (Object.hasOwn(words, word) ? words[word] : undefined)

export const protocolOfServicePort = (port: {
  readonly protocol: string
  readonly appProtocol: string | undefined
  readonly name: string
  readonly number: number
}): Protocol => {
  if (port.protocol === 'UDP') return 'UDP'
  const text = (port.appProtocol ?? port.name).toLowerCase()
  const named =
    (Object.hasOwn(appWords, text) ? appWords[text] : undefined) ??
    (text.startsWith('grpc-web') ? 'HTTP' : ofWord(text.split('-', 1)[0] ?? ''))
  return named ?? (serverFirst.has(port.number) ? 'TCP' : 'AUTO')
}

/** Does the server of a port that carries plain TCP send the first bytes, as far as its name and numbers say? */
export const speaksFirst = (protocol: Protocol, word: string, ...numbers: readonly (number | undefined)[]): boolean =>
  protocol === 'TCP' &&
  (word.toLowerCase().split('-', 1)[0] === 'mysql' || numbers.some((number) => number !== undefined && greeting.has(number)))

/** Protocol field of a ServiceEntry port or a Gateway server; the name is not consulted. */
export const protocolOfText = (text: string): Protocol => ofWord(text.toLowerCase()) ?? 'AUTO'
