import { connect, type Socket } from 'node:net'

/** Requests to be sent over so many connections, each connection waiting for its answer before it sends the next. */
export interface Load {
  readonly port: number
  readonly path: string
  readonly connections: number
  readonly bodies: readonly string[]
}

export interface LoadResult {
  readonly seconds: number
  /** Answers that are not 200, or carry errors. */
  readonly failed: number
  readonly bytes: number
  readonly first: string
}

const endOfHead = Buffer.from('\r\n\r\n')

/** An answer's status and body once all of it is there. */
function readAnswer(received: Buffer): { readonly status: string; readonly body: string } | undefined {
  const end = received.indexOf(endOfHead)
  if (end < 0) return undefined
  const head = received.toString('latin1', 0, end)
  const length = Number(/content-length: (\d+)/i.exec(head)?.[1])
  if (Number.isNaN(length)) throw new Error(`an answer without length: ${head}`)
  const from = end + endOfHead.length
  return received.length < from + length ? undefined : { status: head.slice(9, 12), body: received.toString('utf8', from, from + length) }
}

/** Plain sockets: a client that takes as long as the service would measure itself. */
export async function drive({ port, path, connections, bodies }: Load): Promise<LoadResult> {
  const requests = bodies.map((body) => {
    const head = `POST ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n`
    return Buffer.from(head + body)
  })
  let [next, failed, bytes, first] = [0, 0, 0, '']
  const serve = (socket: Socket): Promise<void> =>
    new Promise((resolve, reject) => {
      let received: Buffer = Buffer.alloc(0)
      const send = (): void => {
        const request = requests[next]
        next += 1
        if (request === undefined) resolve(void socket.destroy())
        else socket.write(request)
      }
      socket.on('error', reject)
      socket.on('data', (chunk: Buffer) => {
        received = received.length === 0 ? chunk : Buffer.concat([received, chunk])
        const answer = readAnswer(received)
        if (answer === undefined) return
        received = Buffer.alloc(0)
        bytes += answer.body.length
        if (first === '') first = answer.body
        if (answer.status !== '200' || answer.body.includes('"errors"')) failed += 1
        send()
      })
      send()
    })
  const sockets = await Promise.all(Array.from({ length: connections }, () => opened(port)))
  const since = performance.now()
  await Promise.all(sockets.map(serve))
  return { seconds: (performance.now() - since) / 1000, failed, bytes, first }
}

const opened = (port: number): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true }, () => resolve(socket))
    socket.once('error', reject)
  })
