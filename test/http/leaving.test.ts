import { once } from 'node:events'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { fastify, type FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { watchLeaving } from '../../src/http/leaving.js'

describe('a client that goes away', () => {
  let app: FastifyInstance
  const told: string[] = []
  const held: (() => void)[] = []
  beforeAll(async () => {
    app = fastify()
    const leavingOf = watchLeaving(app)
    app.get('/:name', async (request) => {
      const { name } = request.params as { name: string }
      const onLeave = leavingOf(request)
      for (const part of ['first', 'second']) onLeave(() => told.push(`${name} ${part}`))
      if (name !== 'quick') await new Promise<void>((resolve) => held.push(resolve))
      return { name }
    })
    await app.listen({ port: 0 })
  })
  afterAll(async () => {
    for (const goOn of held) goOn()
    await app.close()
  })

  const ask = async (name: string): Promise<Socket> => {
    const socket = connect((app.server.address() as AddressInfo).port, '127.0.0.1')
    await once(socket, 'connect')
    socket.write(`GET /${name} HTTP/1.1\r\nHost: localhost\r\n\r\n`)
    return socket
  }

  it('is told of to all that is done for its request', async () => {
    const socket = await ask('leaver')
    await expect.poll(() => held.length).toBe(1)
    expect(told).toEqual([])
    socket.destroy()
    await expect.poll(() => told).toEqual(['leaver first', 'leaver second'])
  })

  it('after its answer is nobody’s business', async () => {
    told.length = 0
    const socket = await ask('quick')
    await once(socket, 'data')
    socket.destroy()
    await once(socket, 'close')
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(told).toEqual([])
  })
})
