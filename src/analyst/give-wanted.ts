import { AppError, problemOf } from '#engine/model/app-error'
import type { VersionContent } from './analyst.js'
import type { ToWorker } from './messages.js'

/** A message, and the buffers that move with it. */
export interface Given {
  readonly message: ToWorker
  readonly moved: readonly ArrayBuffer[]
}

/** What the worker wanted of a version: its description, or contents, which are copied because the store may keep its own. */
export async function giveWanted(id: number, version: VersionContent | undefined, digests: readonly string[] | undefined): Promise<Given> {
  if (version === undefined) return unavailable(id, new AppError('OVERLOADED', 'nobody waits for this answer any more'))
  if (digests === undefined) {
    const { contentHash, header, parts } = version
    return { message: { type: 'DESCRIBED', id, description: { contentHash, header, parts } }, moved: [] }
  }
  try {
    const copies = [...(await version.load(digests))].map(([digest, body]) => [digest, new Uint8Array(body)] as const)
    return { message: { type: 'LOADED', id, bodies: new Map(copies) }, moved: copies.map(([, body]) => body.buffer) }
  } catch (error) {
    return unavailable(id, error instanceof AppError ? error : new AppError('INTERNAL', 'the stored content could not be read'))
  }
}

const unavailable = (id: number, error: AppError): Given => ({ message: { type: 'UNAVAILABLE', id, problem: problemOf(error) }, moved: [] })
