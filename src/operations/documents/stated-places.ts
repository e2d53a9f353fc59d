import { gunzipSync } from 'node:zlib'
import type { VersionContent } from '#analyst/analyst'
import type { StatedPlaces } from '#engine/model/topology/stated-places'

interface Written {
  readonly files: readonly string[]
  readonly entries?: Readonly<Record<string, readonly [number, number]>>
  readonly objects?: readonly (readonly [number, number])[]
}

/** Where everything in a version was written, in the form in which a document states it. */
export async function statedPlaces(version: VersionContent): Promise<StatedPlaces> {
  const digests = [version.placesDigest, ...version.parts.map(({ placesDigest }) => placesDigest)]
  const bodies = await version.load(digests.filter((digest) => digest !== null))
  const files = new Map<string, number>()
  const read = (digest: string | null): Written => {
    const body = digest === null ? undefined : bodies.get(digest)
    return body === undefined ? { files: [] } : (JSON.parse(gunzipSync(body).toString('utf8')) as Written)
  }
  /** The same line, of the file's position in one table for all. */
  const shared = ({ files: own }: Written, [file, line]: readonly [number, number]): [number, number] => {
    const name = own[file]
    if (name === undefined) return [-1, line]
    const position = files.get(name) ?? files.size
    files.set(name, position)
    return [position, line]
  }
  const header = read(version.placesDigest)
  const entries = Object.entries(header.entries ?? {}).map(([name, pair]) => [name, shared(header, pair)] as const)
  const objects = version.parts.map(({ cluster, placesDigest }) => {
    const part = read(placesDigest)
    return [cluster, (part.objects ?? []).map((pair) => shared(part, pair))] as const
  })
  return { files: [...files.keys()], entries: Object.fromEntries(entries), objects: Object.fromEntries(objects) }
}
