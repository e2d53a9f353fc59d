/** What a token says of itself; its signature is not looked at. */
export interface JsonWebToken {
  readonly algorithm: string
  readonly claims: Readonly<Record<string, unknown>>
}

const algorithms = new Set([
  'ES256',
  'ES384',
  'ES512',
  'HS256',
  'HS384',
  'HS512',
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'EdDSA',
])

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function decode(part: string): Readonly<Record<string, unknown>> | undefined {
  if (part === '' || !/^[A-Za-z0-9_-]+$/u.test(part)) return undefined
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'))
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

/** Undefined: no proxy takes the text for a token (RFC 7519, in the compact form of RFC 7515). */
export function parseToken(text: string): JsonWebToken | undefined {
  const parts = text.split('.')
  const [header, payload, signature = ''] = parts
  if (parts.length !== 3 || header === undefined || payload === undefined || !/^[A-Za-z0-9_-]+$/u.test(signature)) return undefined
  const [head, claims] = [decode(header), decode(payload)]
  const algorithm = head?.['alg']
  if (claims === undefined || typeof algorithm !== 'string' || !algorithms.has(algorithm)) return undefined
  return { algorithm, claims }
}
