import { once } from 'node:events'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readConfig } from '#config'
import { createTelemetry } from '#telemetry'
import { createServer } from '../../src/http/create-server.js'

const patienceMs = 1_500

describe('a client that sends', () => {
  let app: FastifyInstance
  beforeAll(async () => {
    const read = readConfig({ REQUEST_TIMEOUT_MS: `${patienceMs}` })
    if ('problems' in read) throw new Error(read.problems.join())
    app = createServer(read.config, createTelemetry({ level: 'silent' }))
    app.addContentTypeParser('application/x-tar', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
    app.post('/bytes', async ({ body }) => ({ length: (body as Buffer).length }))
    await app.listen({ port: 0, host: '127.0.0.1' })
  })
  afterAll(() => app.close())

  const begin = async (length: number): Promise<{ readonly socket: Socket; readonly answer: Promise<string> }> => {
    const socket = connect((app.server.address() as AddressInfo).port, '127.0.0.1')
    await once(socket, 'connect')
    let text = ''
    socket.setEncoding('utf8').on('error', () => {})
    socket.on('data', (part: string) => (text += part))
    const answer = new Promise<string>((resolve) => {
      socket.on('close', () => resolve(text))
      socket.on('data', () => text.includes('"length"') && resolve(text))
    })
    socket.write(`POST /bytes HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-tar\r\nContent-Length: ${length}\r\n\r\n`)
    return { socket, answer }
  }

  it('a large body over a slow line, longer than a request may take, is not cut while it goes on', { timeout: 60_000 }, async () => {
    // 48 KiB every quarter of a second, for three times as long: 192 KiB a second.
    const [piece, pieces] = [Buffer.alloc(48 * 1024, 'x'), 18]
    const { socket, answer } = await begin(piece.length * pieces)
    for (let sent = 0; sent < pieces; sent += 1) {
      socket.write(piece)
      await wait(250)
    }
    expect(await answer).toContain(`{"length":${piece.length * pieces}}`)
    socket.destroy()
  })

  it('a byte now and then is told that it did not arrive in time', { timeout: 60_000 }, async () => {
    const { socket, answer } = await begin(100_000)
    const drip = setInterval(() => socket.writable && socket.write('x'), 200)
    const told = await answer
    clearInterval(drip)
    expect(told).toMatch(/^HTTP\/1\.1 408 /)
    expect(told).toContain('"code":"REQUEST_TIMEOUT"')
  })

  it('nothing of a body is told so as well, and an answered request is not', { timeout: 60_000 }, async () => {
    const { socket, answer } = await begin(3)
    socket.write('abc')
    expect(await answer).toContain('{"length":3}')
    await wait(2 * patienceMs)
    expect(socket.closed).toBe(false)
    socket.destroy()
    expect(await (await begin(3)).answer).toMatch(/^HTTP\/1\.1 408 /)
  })

  it('the body of a request sent right behind another is watched by itself', { timeout: 60_000 }, async () => {
    const { socket } = await begin(3)
    let text = ''
    socket.on('data', (part: string) => (text += part))
    const closed = once(socket, 'close')
    socket.write('abcPOST /bytes HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-tar\r\nContent-Length: 3\r\n\r\na')
    await closed
    expect(text).toContain('{"length":3}')
    expect(text).toContain('HTTP/1.1 408 ')
  })
})
