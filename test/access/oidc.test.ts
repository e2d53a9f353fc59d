import { createHmac, type webcrypto } from 'node:crypto'
import { exportSPKI, importJWK, generateKeyPair, SignJWT } from 'jose'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { AppError } from '#engine/model/app-error'
import { fetchJson } from '#access/fetch-json'
import { findKeySet } from '#access/find-key-set'
import { createIssuerKeys } from '#access/issuer-keys'
import { createVerifyJwt, type VerifyJwt } from '#access/verify-jwt'
import { audience, type Issuer, startIssuer } from './issuer.js'

const moment = Date.parse('2026-03-01T00:00:00Z')
const seconds = moment / 1000
let issuer: Issuer
let clock = 0
let verify: VerifyJwt

const fromIssuer = (url = issuer.url): VerifyJwt => {
  const keys = createIssuerKeys(
    async () => fetchJson(await findKeySet(url)),
    () => clock,
  )
  const terms = { issuer: url, audience, topologiesClaim: 'sightline_topologies', tenantsClaim: 'sightline_tenants' }
  return createVerifyJwt(terms, keys, () => moment)
}

beforeAll(async () => {
  issuer = await startIssuer(() => moment)
})
afterAll(() => issuer?.close())
beforeEach(() => {
  issuer.misbehave(undefined)
  verify = fromIssuer()
})

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
const refused = async (token: string): Promise<AppError> =>
  verify(token).then(
    () => Promise.reject(new Error('taken')),
    (error: AppError) => error,
  )

describe('the bearer of a JWT', () => {
  it('has what its claims say', async () => {
    const token = await issuer.sign({ scope: 'openid read write', sightline_topologies: ['shop', 'shop-*'] })
    expect(await verify(token)).toEqual({ id: 'oidc:ann', scopes: ['read', 'write'], topologies: ['shop', 'shop-*'], tenants: undefined })
  })

  it.each([
    [
      { scope: undefined, scp: ['admin'] },
      { scopes: ['admin'], topologies: ['*'] },
    ],
    [{ scope: undefined, scp: 'read' }, { scopes: ['read'] }],
    [{ scope: undefined }, { scopes: [] }],
    [{ scope: 'Read reader read:all' }, { scopes: [] }],
    [{ sightline_topologies: 'a b-*' }, { topologies: ['a', 'b-*'] }],
    [{ sightline_topologies: [] }, { topologies: [] }],
    [
      { scope: 'read write admin', sightline_tenants: ['team-a'] },
      { scopes: ['read'], tenants: ['team-a'] },
    ],
    [{ sightline_tenants: [] }, { tenants: [] }],
    [{ aud: ['other', audience] }, { id: 'oidc:ann' }],
    [{ exp: seconds - 29 }, { id: 'oidc:ann' }],
    [{ nbf: seconds + 29 }, { id: 'oidc:ann' }],
  ])('with %j', async (claims, expected) => {
    expect(await verify(await issuer.sign(claims))).toMatchObject(expected)
  })

  it.each(['RS256', 'PS384', 'ES512', 'EdDSA'])('is known by a signature of %s', async (algorithm) => {
    await issuer.rotate(algorithm)
    await expect(fromIssuer()(await issuer.sign())).resolves.toMatchObject({ id: 'oidc:ann' })
    await issuer.rotate()
  })
})

describe('a JWT is refused', () => {
  it.each([
    ['for another service', { aud: 'other' }],
    ['for nobody', { aud: undefined }],
    ['of another issuer', { iss: 'https://other.example' }],
    ['of no issuer', { iss: undefined }],
    ['that has expired', { exp: seconds - 31 }],
    ['that never ends', { exp: undefined }],
    ['that is not taken yet', { nbf: seconds + 31 }],
    ['of nobody', { sub: undefined }],
    ['of a subject that is no name', { sub: 'a\u0000b' }],
    ['whose patterns are none', { sightline_topologies: ['a_b'] }],
    ['whose topologies are no list', { sightline_topologies: { shop: true } }],
    ['whose tenants are no list', { sightline_tenants: 7 }],
    ['whose scopes are no list', { scope: [['read']] }],
    ['whose end is a text', { exp: 'tomorrow' }],
  ])('%s', async (_why, claims) => {
    expect(await refused(await issuer.sign(claims))).toMatchObject({ code: 'UNAUTHENTICATED' })
  })

  it('without a signature', async () => {
    const claims = part({ iss: issuer.url, aud: audience, sub: 'ann', exp: seconds + 600, scope: 'admin' })
    for (const alg of ['none', 'None', 'NONE', ''])
      for (const end of ['', 'AAAA'])
        expect(await refused(`${part({ alg, kid: 'key-1' })}.${claims}.${end}`)).toMatchObject({ code: 'UNAUTHENTICATED' })
  })

  it('signed with the public key as a shared secret', async () => {
    await issuer.rotate('RS256')
    verify = fromIssuer()
    const jwk = await issuer.publicKey()
    const pem = await exportSPKI((await importJWK({ ...jwk, alg: 'RS256' }, 'RS256', { extractable: true })) as webcrypto.CryptoKey)
    const good = await issuer.sign({ scope: 'admin' })
    const body = `${part({ alg: 'HS256', kid: (jwk as { kid: string }).kid })}.${good.split('.')[1]}`
    for (const secret of [pem, JSON.stringify(jwk), ''])
      expect(await refused(`${body}.${createHmac('sha256', secret).update(body).digest('base64url')}`)).toMatchObject({
        code: 'UNAUTHENTICATED',
      })
  })

  it('signed by a key that it brings along, or says where to find', async () => {
    const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true })
    const { exportJWK } = await import('jose')
    for (const more of [
      { jwk: await exportJWK(publicKey) },
      { jku: `${issuer.url}/keys` },
      { x5u: 'https://evil.example' },
      { kid: '../../dev/null' },
      {},
    ]) {
      const token = await new SignJWT({ iss: issuer.url, aud: audience, sub: 'eve', exp: seconds + 600 })
        .setProtectedHeader({ alg: 'ES256', kid: 'key-1', ...more } as never)
        .sign(privateKey)
      expect(await refused(token)).toMatchObject({ code: 'UNAUTHENTICATED' })
    }
  })

  it('that asks for what nobody here understands', async () => {
    expect(
      await refused(await issuer.sign({}, { crit: ['exp'], exp: 1 }).catch(() => `${part({ alg: 'ES256', crit: ['x'], x: 1 })}.e30.AAAA`)),
    ).toMatchObject({
      code: 'UNAUTHENTICATED',
    })
    expect(await refused(`${part({ alg: 'ES256', crit: ['b64'], b64: false })}.e30.AAAA`)).toMatchObject({ code: 'UNAUTHENTICATED' })
  })

  it('whose parts were exchanged, cut, or are none', async () => {
    const [header, claims, signature] = (await issuer.sign()).split('.')
    const admin = part({ iss: issuer.url, aud: audience, sub: 'ann', exp: seconds + 600, scope: 'admin' })
    const wrong = [
      `${header}.${admin}.${signature}`,
      `${header}.${claims}`,
      `${header}.${claims}.`,
      `${header}.${claims}.${signature}x`,
      `${header}.${claims}.${signature}.${signature}`,
      `.${claims}.${signature}`,
      '..',
      'a.b.c',
      `${Buffer.from('[]').toString('base64url')}.${claims}.${signature}`,
      `${header}.${'A'.repeat(1_000_000)}.${signature}`,
      `${part({ alg: 'ES256', kid: 'k'.repeat(100_000) })}.${claims}.${signature}`,
    ]
    for (const token of wrong) {
      const error = await refused(token)
      expect(error).toMatchObject({ code: 'UNAUTHENTICATED' })
      expect(error.message.length).toBeLessThan(200)
    }
  })
})

describe('the keys of an issuer', () => {
  it('that are new are known as soon as half a minute has gone by, and the old ones then are not', async () => {
    const old = await issuer.sign()
    await verify(old)
    await issuer.rotate()
    const fresh = await issuer.sign()
    await refused(fresh)
    clock += 30_000
    expect(await verify(fresh)).toMatchObject({ id: 'oidc:ann' })
    expect(await refused(old)).toMatchObject({ code: 'UNAUTHENTICATED' })
  })

  it('are asked for once, however many tokens of keys that nobody has come in', async () => {
    await verify(await issuer.sign())
    clock += 31_000
    const before = issuer.asked()
    await Promise.all(Array.from({ length: 200 }, async (_, index) => refused(await issuer.sign({}, { kid: `none-${index}` }))))
    expect(issuer.asked() - before).toBe(1)
  })

  it.each([
    ['are not there', (response: Response_) => void response.writeHead(500).end()],
    ['are no keys', (response: Response_) => void response.end('<html>')],
    ['are 10 MB', (response: Response_) => void response.end(`{"keys":[],"x":"${'x'.repeat(10 * 1024 ** 2)}"}`)],
    ['are elsewhere', (response: Response_) => void response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end()],
    ['break off', (response: Response_) => void response.socket?.destroy()],
  ])('that %s keep known callers for an hour, and nobody after that', async (_how, how) => {
    const token = await issuer.sign()
    await verify(token)
    issuer.misbehave(how)
    clock += 10 * 60_000
    await expect(verify(token)).resolves.toMatchObject({ id: 'oidc:ann' })
    await new Promise((resolve) => setTimeout(resolve, 50))
    clock += 51 * 60_000
    await expect(verify(token)).rejects.toMatchObject({ code: 'ISSUER_UNAVAILABLE' })
    // Not asked again at once, and found again when it is back.
    const before = issuer.asked()
    await expect(verify(token)).rejects.toMatchObject({ code: 'ISSUER_UNAVAILABLE' })
    expect(issuer.asked()).toBe(before)
    issuer.misbehave(undefined)
    clock += 5_000
    await expect(verify(token)).resolves.toMatchObject({ id: 'oidc:ann' })
  })

  it('that come slowly are not waited for', async () => {
    issuer.misbehave(() => {})
    const since = performance.now()
    await expect(verify(await issuer.sign())).rejects.toMatchObject({ code: 'ISSUER_UNAVAILABLE' })
    expect(performance.now() - since).toBeLessThan(7_000)
  })

  it('of another issuer than the one that is configured are not read', async () => {
    const other = issuer.url.replace('127.0.0.1', 'localhost')
    await expect(fromIssuer(other)(await issuer.sign({ iss: other }))).rejects.toMatchObject({ code: 'ISSUER_UNAVAILABLE' })
  })
})

type Response_ = Parameters<NonNullable<Parameters<Issuer['misbehave']>[0]>>[0]
