import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

/**
 * Lets newcomers in although `most` connections are open, by ending one that nobody works for: first those that never asked, then those
 * that rest between requests, then those that still send one; of each, who has been at it longest.
 *
 * Whoever asks at once is let in at once, however many sockets somebody else keeps open; what is being answered is never ended. Connections
 * are not counted by address: behind a proxy everybody has the same.
 */
export function makeRoom(server: Server, most: number): void {
  const [silent, resting, sending, working] = [new Set<Socket>(), new Set<Socket>(), new Set<Socket>(), new Set<Socket>()]
  const stages = [silent, resting, sending, working]
  const last = new WeakMap<Socket, ServerResponse>()
  const move = (socket: Socket, to: Set<Socket>): void => {
    for (const stage of stages) stage.delete(socket)
    if (!socket.destroyed) to.add(socket)
  }

  server.on('connection', (socket: Socket) => {
    silent.add(socket)
    socket.once('close', () => move(socket, resting))
    if (stages.reduce((sum, { size }) => sum + size, 0) <= most) return
    const [victim = socket] = [silent.size > 1 ? silent : [], resting, sending].flatMap((stage) => [...first(stage)])
    victim.destroy()
  })

  server.prependListener('request', (request: IncomingMessage, response: ServerResponse) => {
    const { socket, headers } = request
    const isWhole = headers['transfer-encoding'] === undefined && (headers['content-length'] ?? '0') === '0'
    move(socket, isWhole ? working : sending)
    if (!isWhole) request.once('end', () => move(socket, working))
    // Requests may be sent one behind the other: the answers come in the same order.
    last.set(socket, response)
    response.once('close', () => last.get(socket) === response && move(socket, resting))
  })
}

function* first(stage: Iterable<Socket>): Iterable<Socket> {
  for (const socket of stage) return yield socket
}
