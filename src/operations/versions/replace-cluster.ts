import { admit } from '#access/admit'
import type { Upload } from '#analyst/analyst'
import type { AppendAnswer } from '#engine/model/stored/stored-version'
import type { Version } from '#store/store'
import { valueOf } from '../questions/value-of.js'
import type { Dependencies } from '../dependencies.js'
import { checkName } from '../topologies/name.js'
import { storePrepared, type WriteOptions } from '../documents/store-prepared.js'
import { contentOf } from '../documents/content-of.js'
import { onCurrentHead } from './on-current-head.js'

export interface ReplaceClusterRequest extends WriteOptions {
  readonly topology: string
  readonly cluster: string
  readonly upload: Upload
}

/** Append a version in which only this cluster's entry, or its objects alone, are replaced or added: what an agent in a cluster calls. */
export async function replaceCluster(dependencies: Dependencies, request: ReplaceClusterRequest): Promise<AppendAnswer> {
  admit(dependencies.caller, 'replaceCluster', request.topology)
  checkName('topology', request.topology)
  return onCurrentHead(dependencies, request, (head, expectedVersion) => replaceOn(dependencies, request, head, expectedVersion))
}

async function replaceOn(
  dependencies: Dependencies,
  request: ReplaceClusterRequest,
  head: Version | undefined,
  expectedVersion: number,
): Promise<AppendAnswer> {
  const { store, analyst, now } = dependencies
  const { cluster, upload } = request
  const base = head === undefined ? ([] as const) : ([contentOf(store, head)] as const)
  // The analyst takes the bytes away, and another attempt needs them.
  const copy = request.expectedVersion === undefined ? { ...upload, body: new Uint8Array(upload.body) } : upload
  const prepared = valueOf(await analyst.ask('prepareCluster', { cluster, upload: copy, at: now() }, ...base))
  const part = prepared.parts.find((each) => each.cluster === cluster)
  const same = ['cluster', cluster, part?.digest ?? '', entryOf(prepared.header, cluster), request.expectedVersion ?? null]
  return storePrepared(dependencies, 'replaceCluster', { ...request, expectedVersion }, prepared, same)
}

/** The cluster's own header, as text: with the part's digest it says what was sent, whatever the base was. */
function entryOf(header: string, cluster: string): string {
  const { clusters } = JSON.parse(header) as { readonly clusters: readonly { readonly name: string }[] }
  return JSON.stringify(clusters.find(({ name }) => name === cluster) ?? null)
}
