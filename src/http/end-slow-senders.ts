import type { IncomingMessage, Server } from 'node:http'
import type { Socket } from 'node:net'

const lookEveryMs = 1_000
/** Who sends more slowly gets nowhere: a document of 64 MiB would take more than an hour. */
export const slowestBytesPerSecond = 16 * 1024

interface Arriving {
  readonly begunAt: number
  /** Bytes of the connection before the body. */
  readonly readBefore: number
}

/**
 * Ends requests whose bodies do not arrive: each has `ms` milliseconds, and a second more for every 16 KiB of it that is there.
 *
 * Node's own limit is for the whole of a request, so that a large upload over a slow line would be cut however well it goes on. `ms` 0: no limit.
 */
export function endSlowSenders(server: Server, ms: number, clock: () => number = () => performance.now()): void {
  if (ms === 0) return
  // By connection, on which one body arrives after the other: a Map of requests would keep them until the whole heap is collected (`short-lived.ts`).
  const arriving = new Map<Socket, Arriving>()
  server.prependListener('request', (request: IncomingMessage) => {
    const { headers, socket } = request
    if (headers['transfer-encoding'] === undefined && (headers['content-length'] ?? '0') === '0') return
    const body = { begunAt: clock(), readBefore: socket.bytesRead }
    arriving.set(socket, body)
    const arrived = (): void => {
      if (arriving.get(socket) === body) arriving.delete(socket)
    }
    for (const over of ['end', 'close']) request.once(over, arrived)
  })
  const timer = setInterval(
    () => {
      for (const [socket, { begunAt, readBefore }] of arriving) {
        const patience = ms + ((socket.bytesRead - readBefore) / slowestBytesPerSecond) * 1_000
        if (clock() - begunAt <= patience) continue
        arriving.delete(socket)
        server.emit(
          'clientError',
          Object.assign(new Error('the request did not arrive in time'), { code: 'ERR_HTTP_REQUEST_TIMEOUT' }),
          socket,
        )
      }
    },
    Math.min(lookEveryMs, ms),
  ).unref()
  server.once('close', () => clearInterval(timer))
}
