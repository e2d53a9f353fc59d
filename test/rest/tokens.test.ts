import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { twoClusters } from '../operations/two-clusters.js'
import { type OpenService, openService } from './open-service.js'
import { problemOf } from './problem-of.js'

const scratch = mkdtempSync(join(tmpdir(), 'tokens-'))
const file = join(scratch, 'admin')
let service: OpenService
let admin: string
beforeAll(async () => {
  service = await openService({ ADMIN_TOKEN_FILE: file })
  admin = readFileSync(file, 'utf8').trim()
  await as(admin).put('/v1/topologies/shop')
  await as(admin).put('/v1/topologies/bank')
})
afterAll(async () => {
  await service?.close()
  rmSync(scratch, { recursive: true, force: true })
})

const as = (token: string) => ({
  get: (path: string) => service.http.get(path).set('authorization', `Bearer ${token}`),
  post: (path: string, body: object) => service.http.post(path).set('authorization', `Bearer ${token}`).send(body),
  put: (path: string, body: object = {}) => service.http.put(path).set('authorization', `Bearer ${token}`).send(body),
  delete: (path: string) => service.http.delete(path).set('authorization', `Bearer ${token}`),
})

const create = async (request: object): Promise<{ readonly id: string; readonly token: string }> => {
  const answer = await as(admin).post('/v1/tokens', { name: 'a test', ...request })
  expect(answer.status).toBe(201)
  return answer.body as { readonly id: string; readonly token: string }
}

describe('the first token', () => {
  it('is made where the file is not there, and its owner alone may read it', () => {
    expect(admin).toMatch(/^slt_/)
    expect(statSync(file).mode & 0o777).toBe(0o600)
  })
})

describe('without a token', () => {
  it('nobody is answered, and told how to come back', async () => {
    const answer = await service.http.get('/v1/topologies')
    problemOf(answer, 401, 'UNAUTHENTICATED')
    expect(answer.headers['www-authenticate']).toBe('Bearer realm="sightline"')
    const wrong = await as('slt_nonsense').get('/v1/topologies')
    expect(wrong.headers['www-authenticate']).toBe('Bearer realm="sightline", error="invalid_token"')
    expect(wrong.text).not.toContain('nonsense')
  })

  it('the upload of a stranger is turned away before it is read', async () => {
    const answer = await fetch(`${service.url}/v1/validate`, {
      method: 'POST',
      headers: { 'content-type': 'application/yaml' },
      body: new ReadableStream({
        start: (stream) => stream.enqueue(new TextEncoder().encode('a: b\n')), // and never ends
      }),
      duplex: 'half',
    } as RequestInit)
    expect(answer.status).toBe(401)
  })

  it('GraphQL answers in its own form', async () => {
    const answer = await service.http.post('/graphql').send({ query: '{ topologies { nodes { name } } }' })
    expect([answer.status, answer.body.errors[0].extensions.code]).toEqual([401, 'UNAUTHENTICATED'])
  })

  it.each(['/livez', '/readyz', '/openapi.json', '/docs', '/schemas/topology.json', '/', '/graphiql'])('%s is open', async (path) => {
    expect((await service.http.get(path)).status).toBe(200)
  })

  it('figures are not', async () => {
    expect((await service.http.get('/metrics')).status).toBe(401)
    expect((await as(admin).get('/metrics')).status).toBe(200)
  })
})

describe('a token', () => {
  it('is told once, and known by everything but itself afterwards', async () => {
    const created = await create({ scopes: ['read', 'write'], topologies: ['shop*'] })
    expect(created).toMatchObject({
      name: 'a test',
      scopes: ['read', 'write'],
      topologies: ['shop*'],
      tenants: null,
      createdBy: 'token:admin-file',
    })
    expect(created.token).toMatch(/^slt_[0-9A-Za-z]{49}$/)
    const list = await as(admin).get('/v1/tokens')
    expect(list.body.items).toContainEqual({ ...created, token: undefined })
    expect(list.text).not.toContain('slt_')
  })

  it('ends after 90 days unless something else was said', async () => {
    const opened = Date.parse('2026-03-01T00:00:00Z')
    expect(await create({ scopes: ['read'] })).toMatchObject({
      expiresAt: new Date(opened + 90 * 86_400_000).toISOString(),
      topologies: ['*'],
    })
    expect(await create({ scopes: ['read'], expiresAt: null })).toMatchObject({ expiresAt: null })
    problemOf(
      await as(admin).post('/v1/tokens', { name: 'x', scopes: ['read'], expiresAt: '2026-02-28T00:00:00Z' }),
      400,
      'PARAMETER_INVALID',
    )
  })

  it.each([
    [{ scopes: [] }],
    [{ scopes: ['root'] }],
    [{ scopes: ['read'], topologies: ['Shop'] }],
    [{ scopes: ['read'], topologies: [] }],
    [{ scopes: ['read'], expiresAt: 'soon' }],
    [{ scopes: ['write'], tenants: ['team-a'] }],
    [{ scopes: ['read'], digest: 'mine' }],
  ])('is not made of %j', async (request) => {
    problemOf(await as(admin).post('/v1/tokens', { name: 'x', ...request }), 400, 'PARAMETER_INVALID')
  })

  it('shows what its pattern covers, and of the others nothing, in every door', async () => {
    const { token } = await create({ scopes: ['read'], topologies: ['shop'] })
    const list = await as(token).get('/v1/topologies')
    expect(list.body.items.map(({ name }: { name: string }) => name)).toEqual(['shop'])
    const [foreign, unknown] = [await as(token).get('/v1/topologies/bank'), await as(token).get('/v1/topologies/none')]
    const plain = (text: string): string => text.replace(/"requestId":"[^"]*"/, '').replaceAll(/bank|none/g, 'X')
    expect([foreign.status, plain(foreign.text)]).toEqual([404, plain(unknown.text)])
    const { body } = await as(token).post('/graphql', { query: '{ bank: topology(name: "bank") { name } topologies { nodes { name } } }' })
    expect(body).toEqual({ data: { bank: null, topologies: { nodes: [{ name: 'shop' }] } } })
  })

  it('with `write` appends, also what is new and covered, and reads nothing', async () => {
    const { token } = await create({ scopes: ['write'], topologies: ['new-*'] })
    const body = twoClusters({ east: ['cart'] })
    const append = (name: string) =>
      service.http
        .post(`/v1/topologies/${name}/versions`)
        .set('authorization', `Bearer ${token}`)
        .type(body.mediaType)
        .send(Buffer.from(body.body))
    expect((await append('new-one')).status).toBe(201)
    problemOf(await append('other'), 403, 'FORBIDDEN')
    problemOf(await as(token).get('/v1/topologies/new-one'), 403, 'FORBIDDEN')
    problemOf(await as(token).delete('/v1/topologies/new-one'), 403, 'FORBIDDEN')
    const { status, body: graphql } = await as(token).post('/graphql', { query: '{ topology(name: "new-one") { name } }' })
    expect([status, graphql.data, graphql.errors[0].extensions.code]).toEqual([200, { topology: null }, 'FORBIDDEN'])
  })

  it('is not taken any more within five seconds of being revoked', async () => {
    const { id, token } = await create({ scopes: ['read'] })
    expect((await as(token).get('/v1/topologies')).status).toBe(200)
    expect((await as(admin).delete(`/v1/tokens/${id}`)).status).toBe(204)
    await expect.poll(async () => (await as(token).get('/v1/topologies')).status, { timeout: 5_000, interval: 200 }).toBe(401)
    problemOf(await as(admin).delete('/v1/tokens/000000000000'), 404, 'TOKEN_NOT_FOUND')
  })

  it('of an admin of some topologies makes no tokens, which could be for others', async () => {
    const { token } = await create({ scopes: ['read', 'write', 'admin'], topologies: ['shop'] })
    problemOf(await as(token).post('/v1/tokens', { name: 'x', scopes: ['admin'] }), 403, 'FORBIDDEN')
    expect((await as(token).get('/v1/tokens')).status).toBe(403)
  })

  it('that was begun with shows what it began, and another does not', async () => {
    const [mine, other] = [await create({ scopes: ['read'] }), await create({ scopes: ['read'] })]
    const begun = await service.http
      .post('/v1/validate')
      .set({ authorization: `Bearer ${mine.token}`, prefer: 'respond-async' })
      .type('application/yaml')
      .send('apiVersion: v1\nkind: Namespace\nmetadata: { name: shop }\n')
    expect(begun.status).toBe(202)
    expect((await as(mine.token).get(begun.headers['location'] ?? '')).status).toBe(200)
    problemOf(await as(other.token).get(begun.headers['location'] ?? ''), 404, 'NOT_FOUND')
  })
})
