import { once } from 'node:events'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { fastify, type FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { endSlowReaders } from '../../src/http/end-slow-readers.js'

describe('a client that does not read', () => {
  let app: FastifyInstance
  beforeAll(async () => {
    app = fastify({ keepAliveTimeout: 10_000 })
    endSlowReaders(app, 300)
    app.get('/large', async () => 'x'.repeat(32 * 1024 * 1024))
    app.get('/late', async () => {
      await new Promise((resolve) => setTimeout(resolve, 900))
      return 'late'
    })
    await app.listen({ port: 0 })
  })
  afterAll(() => app.close())

  const ask = async (path: string): Promise<Socket> => {
    const socket = connect((app.server.address() as AddressInfo).port, '127.0.0.1')
    await once(socket, 'connect')
    socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`)
    return socket
  }
  const connections = (): Promise<number> => new Promise((resolve) => app.server.getConnections((_error, count) => resolve(count)))

  it('is let go of, with what waits for it, here and in the system', async () => {
    const socket = await ask('/large')
    socket.pause()
    await expect.poll(connections).toBe(1)
    await expect.poll(connections, { timeout: 5_000 }).toBe(0)
    socket.on('error', () => undefined)
    const over = once(socket, 'close')
    socket.resume()
    await over
    expect(socket.bytesRead).toBeLessThan(1024 * 1024)
  })

  it('is let go of as well when it asked for much before it reads', async () => {
    const socket = await ask('/large')
    socket.write('GET /large HTTP/1.1\r\nHost: localhost\r\n\r\n'.repeat(5))
    socket.pause()
    await expect.poll(connections).toBe(1)
    await expect.poll(connections, { timeout: 5_000 }).toBe(0)
    socket.destroy()
  })

  it('slowly, but reads, gets all of it', async () => {
    const socket = await ask('/large')
    let read = 0
    const whole = new Promise<number>((resolve) => {
      socket.on('data', (part) => {
        read += part.length
        socket.pause()
        setTimeout(() => socket.resume(), 2)
        if (read > 32 * 1024 * 1024) resolve(read)
      })
      socket.on('close', () => resolve(read))
    })
    expect(await whole).toBeGreaterThan(32 * 1024 * 1024)
    socket.destroy()
  })

  it('may wait as long as its answer takes, and rest afterwards', async () => {
    const socket = await ask('/late')
    const [answer] = (await once(socket, 'data')) as [Buffer]
    expect(answer.toString()).toContain('late')
    await new Promise((resolve) => setTimeout(resolve, 600))
    expect(socket.closed).toBe(false)
    socket.destroy()
  })
})
