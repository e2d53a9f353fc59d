import { connect, createServer, type Socket } from 'node:net'

/** OPEN: passes everything on. CUT: closes what there is and what comes. STALL: keeps connections, passes nothing on.
 *  CUT_AT_COMMIT: passes the next COMMIT on to the server, and then closes before its answer reaches the client. */
type Mode = 'OPEN' | 'CUT' | 'STALL' | 'CUT_AT_COMMIT'

export interface TcpProxy {
  /** The URL with the proxy's address in place of the server's. */
  readonly url: string
  set(mode: Mode): void
  close(): void
}

/** Stands between the store and a Postgres server, and fails on demand. */
export async function startProxy(target: string): Promise<TcpProxy> {
  const { hostname, port } = new URL(target)
  const sockets = new Set<Socket>()
  let mode: Mode = 'OPEN'

  const server = createServer((client) => {
    if (mode === 'CUT') return void client.destroy()
    const upstream = connect(Number(port || 5432), hostname)
    for (const [socket, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(socket)
      socket.on('error', () => {})
      socket.on('close', () => {
        sockets.delete(socket)
        other.end() // what was passed on already still arrives
      })
    }
    client.on('data', (bytes) => {
      if (mode === 'STALL') return
      upstream.write(bytes)
      if (mode !== 'CUT_AT_COMMIT' || !bytes.includes('COMMIT')) return
      mode = 'OPEN'
      client.destroy()
    })
    upstream.on('data', (bytes) => {
      if (mode !== 'STALL' && !client.destroyed) client.write(bytes)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  const address = server.address()
  const own = new URL(target)
  own.host = `127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
  const set = (next: Mode): void => {
    mode = next
    if (next === 'CUT') for (const socket of sockets) socket.destroy()
  }
  return {
    url: own.href,
    set,
    close: () => {
      set('CUT')
      server.close()
    },
  }
}
