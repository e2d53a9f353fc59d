import { afterAll, beforeAll, expect, it } from 'vitest'
import { audience, type Issuer, startIssuer } from '../access/issuer.js'
import { type OpenService, openService } from './open-service.js'
import { problemOf } from './problem-of.js'

let issuer: Issuer
let service: OpenService
beforeAll(async () => {
  issuer = await startIssuer(() => Date.parse('2026-03-01T00:00:00Z'))
  service = await openService({ AUTH: 'oidc', OIDC_ISSUER: issuer.url, OIDC_AUDIENCE: audience })
})
afterAll(async () => {
  await service?.close()
  await issuer?.close()
})

const get = async (path: string, token: string) => service.http.get(path).set('authorization', `Bearer ${token}`)

it('the bearer of a JWT is known by it, within its scopes', async () => {
  const reader = await issuer.sign({ scope: 'read' })
  expect((await get('/v1/topologies', reader)).status).toBe(200)
  problemOf(await get('/v1/tokens', reader), 403, 'FORBIDDEN')
  problemOf(await get('/v1/topologies', await issuer.sign({ scope: 'openid' })), 403, 'FORBIDDEN')
  problemOf(await get('/v1/topologies', await issuer.sign({ aud: 'other' })), 401, 'UNAUTHENTICATED')
  // API tokens are not taken where only the issuer is asked.
  problemOf(await get('/v1/topologies', 'slt_none'), 401, 'UNAUTHENTICATED')
})

it('an issuer that cannot be asked is no fault of the caller', async () => {
  const away = await openService({ AUTH: 'oidc', OIDC_ISSUER: 'http://127.0.0.1:9', OIDC_AUDIENCE: audience })
  const answer = await away.http.get('/v1/topologies').set('authorization', `Bearer ${await issuer.sign()}`)
  problemOf(answer, 503, 'ISSUER_UNAVAILABLE')
  expect(answer.headers['retry-after']).toBeDefined()
  await away.close()
})
