import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { requireFreeSpace } from '#store/embedded/free-space'
import { queryMessage } from '#store/embedded/frontend-messages'
import { startPgliteHost } from '#store/embedded/pglite-host'
import { createPgliteStream } from '#store/embedded/pglite-stream'
import type { ProtocolHost } from '#store/embedded/protocol-host'
import { storeError } from '#store/store-error'

const scratch = mkdtempSync(join(tmpdir(), 'pglite-'))
const dataDir = join(scratch, 'postgres')
const slow = 'SELECT count(*) FROM generate_series(1, 20000000)' // some seconds of work

describe('the embedded database', () => {
  let host: ProtocolHost
  let failures: Error[] = []
  const start = async (answer: number): Promise<void> => {
    failures = []
    host = await startPgliteHost(dataDir, { opening: 120_000, answer }, (error) => failures.push(error))
  }
  const connect = async (): Promise<pg.Client> => {
    const client = new pg.Client({ user: 'postgres', database: 'postgres', stream: () => createPgliteStream(host) })
    client.on('error', () => {})
    await client.connect()
    return client
  }
  beforeAll(() => start(30_000), 120_000)
  afterEach(() => host.close())
  afterAll(() => rmSync(scratch, { recursive: true, force: true }))

  it('forgets the open transaction and the settings of a client that went away', async () => {
    const first = await connect()
    await first.query("CREATE TABLE kept (a INT); SET application_name = 'first'")
    await first.query('BEGIN; INSERT INTO kept VALUES (1)')
    await first.end()
    const second = await connect()
    expect((await second.query('SELECT count(*)::int AS count FROM kept')).rows).toEqual([{ count: 0 }])
    expect((await second.query('SHOW application_name')).rows).not.toEqual([{ application_name: 'first' }])
    await second.end()
  })

  it('leaves the event loop free while it works', async () => {
    await start(30_000)
    const client = await connect()
    let longest = 0
    let last = performance.now()
    const ticking = setInterval(() => {
      longest = Math.max(longest, performance.now() - last)
      last = performance.now()
    }, 5)
    const begun = performance.now()
    await client.query(slow)
    const took = performance.now() - begun
    clearInterval(ticking)
    expect(longest).toBeLessThan(took / 2)
    await client.end()
  })

  it('is given up when it does not answer in time: all that waits fails, and the process is told once', async () => {
    await start(500)
    const late = 'the embedded database gave no answer within 500 ms'
    const [first, second] = await Promise.allSettled([host.exchange(queryMessage(slow)), host.exchange(queryMessage('SELECT 1'))])
    expect(first).toMatchObject({ status: 'rejected', reason: { message: late } })
    expect(second).toMatchObject({ status: 'rejected', reason: { message: late } })
    expect(failures.map(({ message }) => message)).toEqual([late])
    await expect(host.exchange(queryMessage('SELECT 1'))).rejects.toThrow(late)
    expect(storeError(new Error(late))).toMatchObject({ code: 'STORE_UNAVAILABLE' })
  })

  it('refuses to write when the disk could become full', async () => {
    await start(30_000)
    await expect(requireFreeSpace(scratch, 0)).resolves.toBeUndefined()
    await expect(requireFreeSpace(scratch, 2 ** 60)).rejects.toMatchObject({ code: 'STORAGE_FULL' })
  })
})
