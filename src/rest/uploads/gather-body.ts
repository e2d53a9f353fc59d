import { setImmediate } from 'node:timers/promises'
import type { Readable } from 'node:stream'
import { errorCodes } from 'fastify'

/** Bytes that are copied in one go: a few milliseconds, while joining 64 MiB at once holds up everybody for more than a tenth of a second. */
const stretch = 4 * 1024 * 1024

export interface Expected {
  /** Bytes, as the request states them; undefined: it does not. */
  readonly length: number | undefined
  /** Bytes; more are refused. */
  readonly limit: number
}

/** The bytes of a body in one piece of their own, joined in turns between which others are served. */
export async function gatherBody(body: Readable, { length, limit }: Expected): Promise<Buffer> {
  if (length !== undefined && length > limit) throw new errorCodes.FST_ERR_CTP_BODY_TOO_LARGE()
  const chunks: Uint8Array[] = []
  let received = 0
  for await (const chunk of arriving(body)) {
    chunks.push(chunk)
    received += chunk.length
    if (received <= limit) continue
    // Whoever sends all before it reads an answer is heard out.
    body.resume()
    throw new errorCodes.FST_ERR_CTP_BODY_TOO_LARGE()
  }
  if (length !== undefined && received !== length) throw new errorCodes.FST_ERR_CTP_INVALID_CONTENT_LENGTH()
  return joined(chunks, received)
}

/** A connection that breaks off is its client's fault. */
async function* arriving(body: Readable): AsyncGenerator<Uint8Array> {
  try {
    yield* body.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>
  } catch (error) {
    throw Object.assign(error as Error, { statusCode: 400 })
  }
}

async function joined(chunks: readonly Uint8Array[], length: number): Promise<Buffer> {
  const whole = Buffer.allocUnsafeSlow(length)
  let [at, rested] = [0, 0]
  for (const chunk of chunks) {
    whole.set(chunk, at)
    at += chunk.length
    if (at - rested < stretch) continue
    rested = at
    await setImmediate()
  }
  return whole
}
