import type { Upload } from '#analyst/analyst'
import type { AppendAnswer } from '#engine/model/stored-version'
import { valueOf } from '../questions/value-of.js'
import type { Dependencies } from '../dependencies.js'
import { checkName } from '../topologies/name.js'
import { storePrepared, type WriteOptions } from '../documents/store-prepared.js'

export interface AppendRequest extends WriteOptions {
  readonly topology: string
  readonly upload: Upload
}

/**
 * Append a version, creating the topology when it is new.
 *
 * PRECONDITION_FAILED (with the current version) when the head is not the expected one; the head's own content adds nothing
 * and is answered as `unchanged`. The upload's bytes are handed over: they are gone afterwards.
 */
export async function appendVersion(dependencies: Dependencies, request: AppendRequest): Promise<AppendAnswer> {
  checkName('topology', request.topology)
  const prepared = valueOf(await dependencies.analyst.prepare(request.upload))
  return storePrepared(dependencies, request.topology, prepared, request, ['append', prepared.contentHash])
}
