// The driver's socket to the embedded database: a duplex stream inside the process, speaking the real wire protocol.
// PGlite has one session for all: at most one of these may be in use, and a dropped client must not leave its
// transaction or its settings to the next.

import { Duplex } from 'node:stream'
import { callbackify } from 'node:util'
import { cutMessages, queryMessage } from './frontend-messages.js'
import type { ProtocolHost } from './protocol-host.js'

/** A stream that `pg` takes for a TCP socket. */
export function createPgliteStream(host: ProtocolHost): Duplex {
  let started = false
  let used = false
  let rest: Buffer = Buffer.alloc(0)

  const reset = async (): Promise<void> => {
    if (!used) return
    used = false
    await host.exchange(queryMessage('ROLLBACK'))
    await host.exchange(queryMessage('DISCARD ALL'))
  }
  const send = async (chunk: Buffer): Promise<void> => {
    const cut = cutMessages(rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk, started)
    rest = cut.rest
    if (cut.whole.length > 0) {
      started = true
      used = true
      const answer = await host.exchange(cut.whole)
      if (!stream.destroyed) stream.push(Buffer.from(answer.buffer, answer.byteOffset, answer.byteLength))
    }
    if (!cut.terminated) return
    await reset()
    stream.push(null)
  }
  const sent = callbackify(send)
  const stream = new Duplex({
    allowHalfOpen: false,
    read: () => {},
    write: (chunk: Buffer, _encoding, done) => sent(chunk, done),
    writev: (chunks: readonly { chunk: Buffer }[], done) => sent(Buffer.concat(chunks.map(({ chunk }) => chunk)), done),
    final: (done) => {
      stream.push(null)
      done()
    },
    destroy: (error, done) => callbackify(reset)((failure) => done(error ?? failure)),
  })
  return withSocketMethods(stream)
}

/** The methods of net.Socket that `pg` calls; a stream in memory has nothing to do for most of them. */
function withSocketMethods(stream: Duplex): Duplex {
  const ignore = (): Duplex => stream
  return Object.assign(stream, {
    connect: (): Duplex => {
      process.nextTick(() => stream.emit('connect'))
      return stream
    },
    setNoDelay: ignore,
    setKeepAlive: ignore,
    setTimeout: ignore,
    ref: ignore,
    unref: ignore,
  })
}
