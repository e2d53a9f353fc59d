import type { VersionContent } from './analyst.js'
import { unpack } from './pack.js'
import { settled, type Work } from './turn-taking/work.js'

/** How a version is named to the worker: its content, then where its header and each of its parts were written; digests only. */
export type VersionKey = string

/** What is asked back of a version by its name. */
export type Description = Omit<VersionContent, 'load'>

/** Contents of a version by digest, as they were before they were packed. */
export type LoadContents = (digests: readonly string[]) => Work<ReadonlyMap<string, Uint8Array>>

/** A version as the engine's side sees it: named at once, described and loaded only when its snapshot is not kept. */
export interface VersionSource {
  readonly contentHash: string
  /** Digests of the places of the header ('' where nobody knows any), and of the parts by the names of their clusters. */
  readonly places: { readonly header: string; readonly parts: readonly string[] }
  describe(): Work<Description>
  readonly load: LoadContents
}

export const versionKey = ({
  contentHash,
  placesDigest,
  parts,
}: Pick<VersionContent, 'contentHash' | 'placesDigest' | 'parts'>): VersionKey =>
  parts.reduce((key, part) => `${key} ${part.placesDigest}`, `${contentHash} ${placesDigest ?? ''}`)

/** What a name says, and the ways to ask for more. */
export const sourceNamed = (key: VersionKey, ways: Pick<VersionSource, 'describe' | 'load'>): VersionSource => {
  const [contentHash = '', header = '', ...parts] = key.split(' ')
  return { contentHash, places: { header, parts }, ...ways }
}

/** A version that is at hand in this thread. */
export const sourceOf = (version: VersionContent): VersionSource => ({
  contentHash: version.contentHash,
  places: { header: version.placesDigest ?? '', parts: version.parts.map(({ placesDigest }) => placesDigest) },
  describe: () => settled(Promise.resolve(version)),
  load: (digests) => settled(version.load(digests).then(unpack)),
})
