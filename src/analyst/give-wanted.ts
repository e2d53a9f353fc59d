import { AppError, problemOf } from '#engine/model/app-error'
import type { VersionContent } from './analyst.js'
import type { ToWorker } from './messages.js'

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

/** What the worker wanted of a version: its description, or contents, which are copied because the store may keep its own. */
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
    const copies = [...(await version.load(digests))].map(([digest, body]) => [digest, new Uint8Array(body)] as const)
    return { message: { type: 'LOADED', ...which, bodies: new Map(copies) }, moved: copies.map(([, body]) => body.buffer) }
  } catch (error) {
    return unavailable(which, error instanceof AppError ? error : new AppError('INTERNAL', 'the stored content could not be read'))
  }
}

const unavailable = (which: Which, error: AppError): Given => ({
  message: { type: 'UNAVAILABLE', ...which, problem: problemOf(error) },
  moved: [],
})
