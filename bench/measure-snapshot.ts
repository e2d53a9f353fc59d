import { isProblem } from '#engine/manifests/document-fault'
import { readDocument } from '#engine/manifests/read-document'
import { readClusterResources } from '#engine/resources/read-cluster-resources'
import { buildSnapshot } from '#engine/snapshot/build-snapshot'
import type { Snapshot } from '#engine/snapshot/snapshot'
import { buildAll } from './build-all.js'
import type { Figure } from './figure.js'
import { median } from './median.js'

const timed = (work: () => unknown): number => {
  const since = performance.now()
  work()
  return performance.now() - since
}

/** (a) A snapshot from canonical bytes, their parse included, against `JSON.parse` of the same bytes. */
export function measureSnapshot(document: Uint8Array, rounds: number): { readonly figures: readonly Figure[]; readonly bytes: number } {
  const ingested = readDocument({ body: document, mediaType: 'application/json' })
  if (isProblem(ingested)) throw new Error(`the generated document is refused: ${ingested.message}`)
  const { header, contentHash, parts } = ingested
  const bytes = parts.reduce((sum, { body }) => sum + body.byteLength, 0)
  const parse = (): void => {
    for (const { body } of parts) JSON.parse(new TextDecoder().decode(body))
  }
  const build = (): Snapshot =>
    buildSnapshot({
      contentHash,
      header,
      parts: parts.map(({ cluster, digest, body, places }) => ({ cluster, resources: readClusterResources(digest, body), places })),
    })
  const measured = Array.from({ length: rounds }, () => ({
    floor: timed(parse),
    built: timed(build),
    whole: timed(() => buildAll(build())),
  }))
  const floor = median(measured.map((round) => round.floor))
  const detailOf = (time: number): string => `${time.toFixed(0)} ms over ${floor.toFixed(0)} ms, ${(bytes / 1e6).toFixed(1)} MB`
  const [built, whole] = [median(measured.map((round) => round.built)), median(measured.map((round) => round.whole))]
  const common = { target: 4, holds: 'AT_MOST', unit: '' } as const
  return {
    bytes,
    figures: [
      { ...common, name: '(a) snapshot from canonical bytes / JSON.parse', measured: built / floor, detail: detailOf(built) },
      { ...common, name: '(a) the same with every workload and view / JSON.parse', measured: whole / floor, detail: detailOf(whole) },
    ],
  }
}
