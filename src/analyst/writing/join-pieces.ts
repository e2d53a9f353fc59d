import { pause } from '#engine/pause'

/** Characters that are encoded at once. */
const chunk = 64 * 1024

/** The texts one after the other in UTF-8; undefined as soon as they take more than `room` bytes: a refused answer has cost no more than an allowed one. */
export function joinPieces(pieces: Iterable<string>, room: number): Uint8Array<ArrayBuffer> | undefined {
  const chunks: Buffer[] = []
  let size = 0
  let text = ''
  const flush = (): void => {
    const bytes = Buffer.from(text)
    chunks.push(bytes)
    size += bytes.byteLength
    text = ''
  }
  for (const piece of pieces) {
    pause()
    text += piece
    if (text.length > chunk) flush()
    if (size > room) return undefined
  }
  flush()
  return size > room ? undefined : joined(chunks, size)
}

function joined(chunks: readonly Buffer[], size: number): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(size)
  let at = 0
  for (const bytes of chunks) {
    whole.set(bytes, at)
    at += bytes.byteLength
  }
  return whole
}
