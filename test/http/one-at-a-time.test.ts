import { once } from 'node:events'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { fastify, type FastifyInstance } from 'fastify'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { oneAtATime } from '../../src/http/one-at-a-time.js'

describe('requests sent one behind the other', () => {
  let app: FastifyInstance
  let [begun, underWay, most] = [0, 0, 0]
  beforeAll(async () => {
    app = fastify()
    oneAtATime(app)
    app.get<{ readonly Params: { readonly name: string } }>('/:name', async ({ params }) => {
      begun += 1
      underWay += 1
      most = Math.max(most, underWay)
      await pause(10)
      underWay -= 1
      return `answer ${params.name};`
    })
    await app.listen({ port: 0, host: '127.0.0.1' })
  })
  beforeEach(() => void ([begun, underWay, most] = [0, 0, 0]))
  afterAll(() => app.close())

  const send = (count: number): Socket => {
    const socket = connect((app.server.address() as AddressInfo).port, '127.0.0.1')
    socket.write(Array.from({ length: count }, (_, number) => `GET /${number} HTTP/1.1\r\nHost: localhost\r\n\r\n`).join(''))
    return socket
  }

  it('are answered in their order, and worked for one at a time', async () => {
    const socket = send(30)
    let text = ''
    socket.setEncoding('utf8').on('data', (part: string) => (text += part))
    await expect.poll(() => text.match(/answer \d+;/g)?.length, { timeout: 10_000 }).toBe(30)
    expect([...text.matchAll(/answer (\d+);/g)].map(([, number]) => Number(number))).toEqual(
      Array.from({ length: 30 }, (_, number) => number),
    )
    expect(most).toBe(1)
    socket.destroy()
  })

  it('on connections of their own do not wait for each other', async () => {
    const sockets = [send(1), send(1), send(1)]
    await Promise.all(sockets.map((socket) => once(socket, 'data')))
    expect(most).toBe(3)
    for (const socket of sockets) socket.destroy()
  })

  it('are not worked for when whoever sent them has gone', async () => {
    const socket = send(1000)
    await once(socket, 'data')
    socket.destroy()
    await pause(300)
    expect(begun).toBeLessThan(20)
    expect(underWay).toBe(0)
  })
})
