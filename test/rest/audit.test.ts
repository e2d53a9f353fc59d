import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AuditEntry } from '#engine/model/access/audit'
import { type OpenService, openService } from './open-service.js'

const scratch = mkdtempSync(join(tmpdir(), 'audit-'))
let service: OpenService
let admin: string
beforeAll(async () => {
  service = await openService({ ADMIN_TOKEN_FILE: join(scratch, 'admin') })
  admin = readFileSync(join(scratch, 'admin'), 'utf8').trim()
})
afterAll(async () => {
  await service?.close()
  rmSync(scratch, { recursive: true, force: true })
})

const bearer = (token: string) => ({ authorization: `Bearer ${token}` })
const audit = async (): Promise<readonly AuditEntry[]> => (await service.http.get('/v1/audit?first=100').set(bearer(admin))).body.items
const create = async (request: object): Promise<{ readonly id: string; readonly token: string }> =>
  (
    await service.http
      .post('/v1/tokens')
      .set(bearer(admin))
      .send({ name: 'x', ...request })
  ).body

describe('GET /v1/audit', () => {
  it('tells who did what, from where', async () => {
    const { id } = await create({ scopes: ['write'] })
    await service.http.put('/v1/topologies/told').set(bearer(admin)).send({ description: 'x' })
    const [put, made] = await audit()
    const who = { who: 'token:admin-file', address: expect.stringMatching(/127\.0\.0\.1$/), outcome: 'DONE', times: 1, version: null }
    expect(put).toMatchObject({ ...who, deed: 'putTopology', topology: 'told', subject: null })
    expect(made).toMatchObject({ ...who, deed: 'createToken', topology: null, subject: id })
  })

  it('tells what was refused: without a token, with too little, elsewhere, and inside GraphQL', async () => {
    const { id, token } = await create({ scopes: ['read'], topologies: ['shop'] })
    for (let time = 0; time < 3; time += 1) await service.http.get('/v1/topologies').set(bearer('slt_guess'))
    await service.http.delete('/v1/topologies/shop').set(bearer(token))
    await service.http.get('/v1/topologies/bank').set(bearer(token))
    await service.http.post('/graphql').set(bearer(token)).send({ query: '{ topology(name: "vault") { name } }' })
    const expected = [
      { who: 'unknown', deed: 'listTopologies', topology: null, outcome: 'UNAUTHENTICATED', times: 3 },
      { who: `token:${id}`, deed: 'deleteTopology', topology: 'shop', outcome: 'FORBIDDEN', times: 1 },
      { who: `token:${id}`, deed: 'readTopology', topology: 'bank', outcome: 'TOPOLOGY_NOT_FOUND', times: 1 },
      { who: `token:${id}`, deed: 'readTopology', topology: 'vault', outcome: 'TOPOLOGY_NOT_FOUND', times: 1 },
    ]
    await expect.poll(async () => (await audit()).filter(({ outcome }) => outcome !== 'DONE').length, { timeout: 8_000 }).toBeGreaterThan(3)
    const told = await audit()
    for (const entry of expected) expect(told).toContainEqual(expect.objectContaining(entry))
    expect(JSON.stringify(told)).not.toMatch(/slt_|guess/)
  })

  it('tells that somebody would have changed whose tenants are', async () => {
    const { id, token } = await create({ scopes: ['write'] })
    const document = {
      apiVersion: 'sightline/v1',
      kind: 'Topology',
      clusters: [],
      tenants: [{ name: 'a', kind: 'CLUSTER', members: ['west'] }],
    }
    const append = service.http.post('/v1/topologies/kept/versions').set(bearer(token)).type('application/json')
    expect((await append.send(JSON.stringify(document))).status).toBe(403)
    const entry = { who: `token:${id}`, deed: 'appendVersion', topology: 'kept', outcome: 'FORBIDDEN', times: 1 }
    await expect.poll(audit, { timeout: 8_000 }).toContainEqual(expect.objectContaining(entry))
  })

  it('is for admins of everything', async () => {
    const { token } = await create({ scopes: ['read', 'write', 'admin'], topologies: ['shop*'] })
    expect((await service.http.get('/v1/audit').set(bearer(token))).status).toBe(403)
  })
})
