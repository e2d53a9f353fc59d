import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { AppError, problemOf } from '#engine/model/app-error'
import type { VersionContent } from './analyst.js'
import type { ToWorker } from './messages.js'
import { ownBytes } from './own-bytes.js'

/** A message, and the buffers that move with it. */
export interface Given {
  readonly message: ToWorker
  readonly moved: readonly ArrayBuffer[]
}

/** One of a request's versions. */
interface Which {
  readonly id: number
  readonly position: number
}

/** What the worker wanted of a version: its description, or contents, unpacked beside both threads. */
export async function giveWanted(
  { id, position }: Which,
  version: VersionContent | undefined,
  digests: readonly string[] | undefined,
): Promise<Given> {
  const which = { id, position }
  if (version === undefined) return unavailable(which, new AppError('OVERLOADED', 'nobody waits for this answer any more'))
  if (digests === undefined) {
    const { contentHash, header, placesDigest, parts } = version
    return { message: { type: 'DESCRIBED', ...which, description: { contentHash, header, placesDigest, parts } }, moved: [] }
  }
  try {
    const packed = await version.load(digests)
    const bodies = new Map(await Promise.all([...packed].map(async ([digest, body]) => [digest, await unpacked(body)] as const)))
    return { message: { type: 'LOADED', ...which, bodies }, moved: [...bodies.values()].map(({ buffer }) => buffer) }
  } catch (error) {
    return unavailable(which, error instanceof AppError ? error : new AppError('INTERNAL', 'the stored content could not be read'))
  }
}

const unpack = promisify<Uint8Array, { chunkSize: number }, Buffer>(gunzip)
const mebibyte = 1024 * 1024

/** In one piece, as long as gzip says that it is at its end; what does not fit comes in further ones. */
async function unpacked(body: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  const size = new DataView(body.buffer, body.byteOffset, body.byteLength).getUint32(body.byteLength - 4, true)
  const bytes = await unpack(body, { chunkSize: Math.min(Math.max(size + 1, 1024), 256 * mebibyte) })
  // A view of a buffer that is its own moves with it; small ones share one.
  return bytes.buffer.byteLength <= 2 * bytes.byteLength && bytes.byteOffset === 0
    ? new Uint8Array(bytes.buffer as ArrayBuffer, 0, bytes.byteLength)
    : ownBytes(bytes)
}

const unavailable = (which: Which, error: AppError): Given => ({
  message: { type: 'UNAVAILABLE', ...which, problem: problemOf(error) },
  moved: [],
})
