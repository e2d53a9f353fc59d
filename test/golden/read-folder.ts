import { readInput } from '../../src/cli/input/read-input.js'
import { readDocument } from '../../src/engine/manifests/read-document.js'
import { readClusterResources } from '../../src/engine/resources/read-cluster-resources.js'
import { buildSnapshot } from '../../src/engine/snapshot/build-snapshot.js'
import type { Snapshot } from '../../src/engine/snapshot/snapshot.js'

/** A file or a folder as the command line reads it, as the engine sees it. */
export async function snapshotOfPath(path: string): Promise<Snapshot> {
  const { upload } = await readInput({ operands: [path], value: () => undefined, values: () => [], has: () => false })
  const read = readDocument(upload)
  if (!('parts' in read)) throw new Error(`${path}: ${read.message}`)
  const { contentHash, header } = read
  const parts = read.parts.map(({ cluster, digest, body }) => ({ cluster, resources: readClusterResources(digest, body) }))
  return buildSnapshot({ contentHash, header, parts })
}
