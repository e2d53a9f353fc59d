import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { call } from './call.js'

type Dispatcher = new (options: object) => unknown
const place = Symbol.for('undici.globalDispatcher.1')
const whole = globalThis as unknown as Record<symbol, object>

const folder = mkdtempSync(join(tmpdir(), 'patience-'))
const file = join(folder, 'backup.tar')
const counts = { topologies: 1, versions: 2, contents: 3, damaged: [] }
let server: Server
let url: string
let usual: object | undefined
let received = 0

/** A server that begins to answer only after longer than `fetch` waits, which is half a second here instead of five minutes. */
beforeAll(async () => {
  writeFileSync(file, Buffer.alloc(100_000, 1))
  await fetch('data:,').then((answer) => answer.text())
  usual = whole[place]
  whole[place] = new ((usual as object).constructor as Dispatcher)({ headersTimeout: 500, bodyTimeout: 500 }) as object
  server = createServer((request, response) => {
    request.on('data', (chunk: Buffer) => void (received += chunk.length))
    request.on('end', () => void wait(3000).then(() => response.setHeader('content-type', 'application/json').end(JSON.stringify(counts))))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => {
  if (usual !== undefined) whole[place] = usual
  server?.close()
  rmSync(folder, { recursive: true })
})

describe('what takes as long as there is much stored', () => {
  it('is waited for longer than `fetch` would', { timeout: 30_000 }, async () => {
    await expect(fetch(url)).rejects.toMatchObject({ cause: { code: 'UND_ERR_HEADERS_TIMEOUT' } })
    received = 0
    const [verified, restored] = await Promise.all([call(['verify', '--server', url]), call(['restore', file, '--server', url])])
    expect(verified).toMatchObject({ code: 0, err: '' })
    expect(verified.out).toBe('SOUND  2 versions, 3 contents\n')
    expect(restored).toMatchObject({ code: 0, err: '' })
    expect(restored.out).toBe('RESTORED  1 topologies, 2 versions, 3 contents\n')
    expect(received).toBe(100_000)
  })

  it('says so where nobody is there', async () => {
    const { code, err } = await call(['verify', '--server', 'http://127.0.0.1:9'])
    expect(code).toBe(3)
    expect(err).toContain('the server at http://127.0.0.1:9 cannot be reached: nothing listens there')
  })
})
