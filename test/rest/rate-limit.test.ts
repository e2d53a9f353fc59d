import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type OpenService, openService } from './open-service.js'
import { problemOf } from './problem-of.js'

const scratch = mkdtempSync(join(tmpdir(), 'rates-'))
const file = join(scratch, 'admin')
let service: OpenService
beforeAll(async () => {
  service = await openService({ ADMIN_TOKEN_FILE: file, RATE_LIMIT: '20' })
})
afterAll(async () => {
  await service?.close()
  rmSync(scratch, { recursive: true, force: true })
})

const ask = (path = '/v1/topologies') => service.http.get(path).set('authorization', `Bearer ${readFileSync(file, 'utf8').trim()}`)

it('a token may send so many requests in a minute, and is told how many are left and when to come back', async () => {
  // A minute that is about to end would begin counting anew in between.
  const left = 60_000 - (Date.now() % 60_000)
  if (left < 10_000) await new Promise((resolve) => setTimeout(resolve, left + 100))
  const first = await ask()
  expect([first.status, first.headers['ratelimit-policy']]).toEqual([200, '"token";q=20;w=60'])
  expect(first.headers['ratelimit']).toMatch(/^"token";r=19;t=\d+$/)
  const others = await Promise.all(Array.from({ length: 30 }, () => ask()))
  expect(others.filter(({ status }) => status === 200)).toHaveLength(19)
  const refused = others.find(({ status }) => status !== 200)
  problemOf(refused ?? first, 429, 'RATE_LIMITED')
  expect(Number(refused?.headers['retry-after'])).toBeGreaterThan(0)
  expect(Number(refused?.headers['retry-after'])).toBeLessThanOrEqual(60)
  const graphql = await service.http
    .post('/graphql')
    .set('authorization', `Bearer ${readFileSync(file, 'utf8').trim()}`)
    .send({ query: '{ topologies { nodes { name } } }' })
  expect([graphql.status, graphql.body.errors[0].extensions.code]).toEqual([429, 'RATE_LIMITED'])
  // What asks for no token is not counted.
  expect((await service.http.get('/livez')).status).toBe(200)
}, 90_000)
