import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { FastifyInstance } from 'fastify'

/**
 * Takes up requests that are sent one behind the other on a connection one after the other, each when the answer before it has left.
 *
 * Node begins all of them at once: a thousand fit into one piece of 64 KiB, and their answers would wait for one another in memory.
 */
export function oneAtATime(app: FastifyInstance): void {
  const last = new WeakMap<Socket, ServerResponse>()
  app.addHook('onRequest', (request, reply, done) => {
    const { socket } = request.raw
    const before = last.get(socket)
    last.set(socket, reply.raw)
    if (before === undefined || before.closed) return done()
    // Whoever has gone is not answered any more.
    before.once('close', () => {
      if (!socket.destroyed) done()
    })
  })
}
