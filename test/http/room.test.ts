import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { makeRoom } from '#http/make-room'

const most = 10

describe('a server with as many connections as it takes', () => {
  let server: Server
  let url: string
  let port: number
  const sockets: Socket[] = []
  /** Answers that are kept waiting. */
  const held: (() => void)[] = []

  beforeEach(async () => {
    server = createServer((request, response) => {
      const answer = (): void => void response.end('done')
      if (request.url === '/held') held.push(answer)
      else request.resume().on('end', answer)
    })
    makeRoom(server, most)
    await once(server.listen(0, '127.0.0.1'), 'listening')
    port = (server.address() as AddressInfo).port
    url = `http://127.0.0.1:${port}`
  })
  afterEach(async () => {
    held.splice(0)
    for (const socket of sockets.splice(0)) socket.destroy()
    server.closeAllConnections()
    server.close()
  })

  /** A connection on which something was sent, and whether it still stands. */
  async function open(text = ''): Promise<{ readonly socket: Socket; stands(): boolean }> {
    const socket = connect(port, '127.0.0.1').on('error', () => {})
    sockets.push(socket)
    await once(socket, 'connect')
    if (text !== '') socket.write(text)
    socket.resume()
    await new Promise((resume) => setTimeout(resume, 10))
    return { socket, stands: () => !socket.destroyed && !socket.readableEnded }
  }
  const get = (path: string): string => `GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`
  const unfinished = 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n{'
  const standing = (all: readonly { stands(): boolean }[]): readonly boolean[] => all.map(({ stands }) => stands())
  const several = async (count: number, text = '') => {
    const all = []
    for (let each = 0; each < count; each += 1) all.push(await open(text))
    return all
  }
  const asks = async (): Promise<number> => {
    const answer = await fetch(url, { headers: { connection: 'close' }, signal: AbortSignal.timeout(1_000) })
    await answer.text()
    return answer.status
  }

  it('ends the one that has been silent for longest, and lets the newcomer in', async () => {
    const silent = await several(most)
    expect(await asks()).toBe(200)
    expect(standing(silent)).toEqual([false, ...Array.from({ length: most - 1 }, () => true)])
  })

  it('ends silent ones before those that have asked, and these before those that still send', async () => {
    const [sending] = [await open(unfinished)]
    const rested = await open(get('/'))
    const silent = await several(most - 2)
    await several(most - 2)
    expect(standing([sending, rested, ...silent])).toEqual([true, true, ...silent.map(() => false)])
    await several(1, get('/held'))
    for (let each = 0; each < most - 2; each += 1) await open(get('/held'))
    expect(standing([sending, rested])).toEqual([true, false])
    await open(get('/held'))
    expect(sending.stands()).toBe(false)
  })

  it('never ends one that is being answered: then the newcomer has to wait', async () => {
    const answered = await several(most, get('/held'))
    await expect(asks()).rejects.toThrow()
    expect(standing(answered)).toEqual(answered.map(() => true))
    held.shift()?.()
    await new Promise((resume) => setTimeout(resume, 20))
    expect(await asks()).toBe(200)
    expect(standing(answered)).toEqual([false, ...answered.slice(1).map(() => true)])
  })

  it('takes one that sent its next request already for one at work', async () => {
    const pipelined = await open(get('/') + get('/held'))
    const others = await several(most - 1, get('/held'))
    await expect(asks()).rejects.toThrow()
    expect(standing([pipelined, ...others])).toEqual([true, ...others.map(() => true)])
  })

  it('lets others in within a second beside four times as many that never ask', async () => {
    await several(most * 4)
    const began = performance.now()
    expect(await asks()).toBe(200)
    expect(performance.now() - began).toBeLessThan(1_000)
    expect(await new Promise((count) => server.getConnections((_error, found) => count(found)))).toBeLessThanOrEqual(most)
  })
})
