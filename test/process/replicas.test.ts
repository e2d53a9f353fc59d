import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ServiceProcess, startService } from '../house/service-process.js'
import { startPostgres } from '../store/postgres-server.js'

const server = await startPostgres()
const limit = 200

describe.skipIf(!server)('two processes on one database', () => {
  const scratch = mkdtempSync(join(tmpdir(), 'replicas-'))
  let replicas: readonly ServiceProcess[] = []
  let admin: string
  beforeAll(async () => {
    const environment = {
      DATABASE_URL: (await server?.database()) ?? '',
      ADMIN_TOKEN_FILE: join(scratch, 'admin'),
      RATE_LIMIT: `${limit}`,
    }
    const start = () => startService([process.execPath, 'dist/main.js'], '.', environment)
    replicas = [await start(), await start()]
    admin = readFileSync(environment.ADMIN_TOKEN_FILE, 'utf8').trim()
  }, 90_000)
  afterAll(async () => {
    for (const replica of replicas) await replica.stop()
    await server?.stop()
    rmSync(scratch, { recursive: true, force: true })
  })

  const ask = (replica: number, path: string, token: string, init: RequestInit = {}): Promise<Response> =>
    fetch(`${replicas[replica]?.url}${path}`, {
      ...init,
      headers: { authorization: `Bearer ${token}`, ...(init.body === undefined ? {} : { 'content-type': 'application/json' }) },
    })
  const create = async (): Promise<{ readonly id: string; readonly token: string }> => {
    const body = JSON.stringify({ name: 'x', scopes: ['read'] })
    return (await ask(0, '/v1/tokens', admin, { method: 'POST', body })).json() as Promise<{ id: string; token: string }>
  }

  it('know the same tokens, and refuse a revoked one within five seconds', async () => {
    const { id, token } = await create()
    expect([(await ask(0, '/v1/topologies', token)).status, (await ask(1, '/v1/topologies', token)).status]).toEqual([200, 200])
    await ask(0, `/v1/tokens/${id}`, admin, { method: 'DELETE' })
    const since = performance.now()
    const statusAt = async (replica: number): Promise<number> => (await ask(replica, '/v1/topologies', token)).status
    await expect.poll(() => statusAt(1), { timeout: 6_000, interval: 250 }).toBe(401)
    await expect.poll(() => statusAt(0), { timeout: 6_000, interval: 250 }).toBe(401)
    expect(performance.now() - since).toBeLessThan(5_000)
  }, 30_000)

  it('let no more requests of a token through together than it may send', async () => {
    // A minute that is about to end would begin counting anew in between.
    const left = 60_000 - (Date.now() % 60_000)
    if (left < 20_000) await new Promise((resolve) => setTimeout(resolve, left + 200))
    const { token } = await create()
    const statuses: number[] = []
    for (let round = 0; round < 30; round += 1) {
      const answers = await Promise.all(Array.from({ length: 20 }, (_, index) => ask(index % 2, '/v1/topologies', token)))
      statuses.push(...answers.map(({ status }) => status))
    }
    const through = statuses.filter((status) => status === 200).length
    expect(through).toBeLessThanOrEqual(limit * 1.1)
    expect(through).toBeGreaterThanOrEqual(limit * 0.9)
    expect(new Set(statuses)).toEqual(new Set([200, 429]))
  }, 90_000)
})
