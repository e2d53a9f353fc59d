import { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'
import { sizeOf, type Written } from '#engine/model/written'

const json = 'application/json; charset=utf-8'

/** An answer that is JSON already, as it is. */
export const sendWritten = (reply: FastifyReply, written: Written): FastifyReply => reply.type(json).send(bytesOf(written))

/** The same of one in several pieces, each sent when the client has taken those before. */
export function sendPieces(reply: FastifyReply, pieces: readonly Written[]): FastifyReply {
  const size = pieces.reduce((sum, piece) => sum + sizeOf(piece), 0)
  return reply
    .type(json)
    .header('content-length', size)
    .send(Readable.from(inChunks(pieces), { objectMode: false }))
}

const bytesOf = (written: Written): Buffer =>
  typeof written === 'string' ? Buffer.from(written) : Buffer.from(written.buffer, written.byteOffset, written.byteLength)

const chunk = 64 * 1024

/** Short pieces go together. */
function* inChunks(pieces: readonly Written[]): Generator<Buffer> {
  let text = ''
  for (const piece of pieces) {
    if (typeof piece === 'string') text += piece
    if (text !== '' && (typeof piece !== 'string' || text.length > chunk)) {
      yield Buffer.from(text)
      text = ''
    }
    if (typeof piece !== 'string') yield bytesOf(piece)
  }
  if (text !== '') yield Buffer.from(text)
}
