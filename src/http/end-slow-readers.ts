import { Socket } from 'node:net'
import type { FastifyInstance } from 'fastify'

/** What is shorter fits into the buffers of a connection, and keeps nothing of the service. */
const short = 16 * 1024

/**
 * Ends connections whose client takes nothing of an answer for `ms` milliseconds; how long the answer is thought about does not count.
 *
 * They are reset: closed in good order they would keep megabytes in the system's buffers until the client has read these, which it does not.
 */
export function endSlowReaders(app: FastifyInstance, ms: number): void {
  app.addHook('onSend', (request, reply, payload, done) => {
    const isShort = payload === null || payload === undefined || (typeof payload === 'string' && payload.length <= short)
    // Node looks at whether what waits to be written has become less, and when a whole answer has left, sets the time for the next request.
    // The request's socket: an answer behind another one has none yet.
    const { socket } = request.raw
    if (!isShort && socket instanceof Socket) {
      socket.setTimeout(ms)
      reply.raw.once('timeout', () => socket.resetAndDestroy())
    }
    done(null, payload)
  })
}
