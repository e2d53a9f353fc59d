import type { Upload } from '#analyst/analyst'
import { AppError } from '#engine/model/app-error'
import type { AppendAnswer } from '#engine/model/stored-version'
import { valueOf } from '../questions/value-of.js'
import type { Dependencies } from '../dependencies.js'
import { checkName } from '../topologies/name.js'
import { storePrepared, type WriteOptions } from '../documents/store-prepared.js'
import { contentOf } from '../documents/content-of.js'

export interface ReplaceClusterRequest extends WriteOptions {
  readonly topology: string
  readonly cluster: string
  readonly upload: Upload
}

const attempts = 10

/**
 * Append a version in which only this cluster's entry is replaced or added: what an agent in a cluster calls.
 *
 * Agents of several clusters write at once, so a head that moved is tried again, unless the caller set a precondition.
 */
export async function replaceCluster(dependencies: Dependencies, request: ReplaceClusterRequest): Promise<AppendAnswer> {
  checkName('topology', request.topology)
  const pinned = request.expectedVersion !== undefined
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await replaceOnce(dependencies, request, pinned)
    } catch (error) {
      const moved = error instanceof AppError && error.code === 'PRECONDITION_FAILED'
      if (!moved || pinned || attempt === attempts) throw error
    }
  }
}

async function replaceOnce(dependencies: Dependencies, request: ReplaceClusterRequest, pinned: boolean): Promise<AppendAnswer> {
  const { store, analyst } = dependencies
  const { topology, cluster, upload } = request
  const head = await store.findVersion(topology, 'latest')
  const base = head === undefined ? undefined : contentOf(store, head)
  // The analyst takes the bytes away, and another attempt needs them.
  const copy = pinned ? upload : { ...upload, body: new Uint8Array(upload.body) }
  const prepared = valueOf(await analyst.prepareCluster(base, cluster, copy))
  const part = prepared.parts.find((each) => each.cluster === cluster)
  const options = pinned ? request : { ...request, expectedVersion: head?.number ?? 0 }
  const same = ['cluster', cluster, part?.digest ?? '', entryOf(prepared.header, cluster), request.expectedVersion ?? null]
  return storePrepared(dependencies, topology, prepared, options, same)
}

/** The cluster's own header, as text: with the part's digest it says what was sent, whatever the base was. */
function entryOf(header: string, cluster: string): string {
  const { clusters } = JSON.parse(header) as { readonly clusters: readonly { readonly name: string }[] }
  return JSON.stringify(clusters.find(({ name }) => name === cluster) ?? null)
}
