import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'

/** SHA-256 of what is packed here, as hexadecimal digits; undefined where it cannot be unpacked or does not come to `size` bytes. Never more is unpacked. */
export async function digestOfPacked(chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>, size: number): Promise<string | undefined> {
  const hash = createHash('sha256')
  let length = 0
  try {
    await pipeline(Readable.from(chunks), createGunzip(), async (unpacked: AsyncIterable<Buffer>) => {
      for await (const piece of unpacked) {
        length += piece.length
        if (length > size) throw new RangeError('more than it is said to be')
        hash.update(piece)
      }
    })
  } catch {
    return undefined
  }
  return length === size ? hash.digest('hex') : undefined
}
