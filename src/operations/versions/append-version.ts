import { admit } from '#access/admit'
import type { Prepared, Upload } from '#analyst/analyst'
import { AppError } from '#engine/model/app-error'
import type { AppendAnswer } from '#engine/model/stored/stored-version'
import type { Version } from '#store/store'
import { valueOf } from '../questions/value-of.js'
import type { Dependencies } from '../dependencies.js'
import { checkName } from '../topologies/name.js'
import { storePrepared, type WriteOptions } from '../documents/store-prepared.js'
import { onCurrentHead } from './on-current-head.js'

export interface AppendRequest extends WriteOptions {
  readonly topology: string
  readonly upload: Upload
  /** The writer says that the upload is about this cluster alone; it may still say so itself, being a stream of objects. */
  readonly cluster?: string | undefined
}

/**
 * Append a version, creating the topology when it is new.
 *
 * PRECONDITION_FAILED (with the current version) when the head is not the expected one; the head's own content adds nothing
 * and is answered as `unchanged`. A stream of objects knows of no other cluster: where the head has some, it is refused, because they would be
 * gone. FORBIDDEN where `tenants` would change, and the caller is no admin: they say who sees what. The upload's bytes are handed over: they are gone afterwards.
 */
export async function appendVersion(dependencies: Dependencies, request: AppendRequest): Promise<AppendAnswer> {
  admit(dependencies.caller, 'appendVersion', request.topology)
  checkName('topology', request.topology)
  const prepared = valueOf(await dependencies.analyst.ask('prepare', { upload: request.upload, at: dependencies.now() }))
  const alone = clusterAlone(prepared, request.cluster)
  const same = ['append', prepared.contentHash]
  if (alone === undefined) return storePrepared(dependencies, 'appendVersion', request, prepared, same)
  return onCurrentHead(dependencies, request, (head, expectedVersion) => {
    if (head?.number === expectedVersion) refuseToDrop(head, request.topology, alone)
    return storePrepared(dependencies, 'appendVersion', { ...request, expectedVersion }, prepared, same)
  })
}

/** The one cluster that this is about; undefined: about the whole topology. */
function clusterAlone({ header, assumedCluster }: Prepared, stated: string | undefined): string | undefined {
  if (assumedCluster !== undefined || stated === undefined) return assumedCluster
  const names = clustersOf(header)
  if (names.length === 1 && names[0] === stated) return stated
  const detail = '`cluster` says which cluster a stream of Kubernetes objects is in; a topology document names its own'
  throw new AppError('PARAMETER_INVALID', detail, { errors: [{ code: 'CLUSTER_STATED', detail, parameter: 'cluster' }] })
}

function refuseToDrop({ header }: Version, topology: string, cluster: string): void {
  const others = clustersOf(header).filter((name) => name !== cluster)
  if (others.length === 0) return
  const named = others.slice(0, 5).map((name) => `\`${name}\``)
  const more = others.length > named.length ? ` and ${others.length - named.length} more` : ''
  const way = `PUT /v1/topologies/${topology}/clusters/${encodeURIComponent(cluster)}`
  const detail = `these objects are in cluster \`${cluster}\` alone, and \`${topology}\` has other clusters, which would be gone: ${named.join(', ')}${more}; \`${way}\` replaces one cluster`
  throw new AppError('DOCUMENT_INVALID', detail, { errors: [{ code: 'OTHER_CLUSTERS', detail, parameter: 'cluster' }] })
}

const clustersOf = (header: string): readonly string[] =>
  (JSON.parse(header) as { readonly clusters: readonly { readonly name: string }[] }).clusters.map(({ name }) => name)
