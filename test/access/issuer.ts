import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { webcrypto } from 'node:crypto'
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose'

export interface Issuer {
  readonly url: string
  /** How often its keys were asked for. */
  asked(): number
  /** Signs with the newest key unless another is named. */
  sign(claims?: Readonly<Record<string, unknown>>, header?: Readonly<Record<string, unknown>>): Promise<string>
  /** A new key takes the place of the others, which are not published any more. */
  rotate(algorithm?: string): Promise<void>
  /** How it answers from now on; undefined: as it should. */
  misbehave(how: ((response: ServerResponse) => void) | undefined): void
  publicKey(): Promise<object>
  close(): Promise<void>
}

interface Key {
  readonly kid: string
  readonly alg: string
  readonly privateKey: webcrypto.CryptoKey
  readonly publicKey: webcrypto.CryptoKey
}

export const audience = 'sightline'

/** Stands for an OpenID provider on the loopback. */
export async function startIssuer(now: () => number): Promise<Issuer> {
  let [count, asked] = [0, 0]
  let key: Key
  let how: ((response: ServerResponse) => void) | undefined
  const rotate = async (alg = 'ES256'): Promise<void> => {
    count += 1
    key = { kid: `key-${count}`, alg, ...(await generateKeyPair(alg, { extractable: true })) }
  }
  await rotate()
  const publicKey = async (): Promise<object> => ({ ...(await exportJWK(key.publicKey)), kid: key.kid, alg: key.alg, use: 'sig' })
  const server = createServer((request, response) => {
    void (async () => {
      const keys = request.url === '/keys'
      if (keys) asked += 1
      if (how !== undefined && keys) return how(response)
      const answer = keys ? { keys: [await publicKey()] } : { issuer: url, jwks_uri: `${url}/keys` }
      response.setHeader('content-type', 'application/json').end(JSON.stringify(answer))
    })()
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url,
    asked: () => asked,
    rotate,
    publicKey,
    misbehave: (way) => (how = way),
    sign: (claims = {}, header = {}) => {
      const seconds = Math.floor(now() / 1000)
      const payload = { iss: url, aud: audience, sub: 'ann', exp: seconds + 600, scope: 'openid read', ...claims }
      return new SignJWT(payload as JWTPayload).setProtectedHeader({ alg: key.alg, kid: key.kid, ...header } as never).sign(key.privateKey)
    },
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
