import type { VersionContent } from './analyst.js'

/** What identifies a version's snapshot: its content, and where the objects were written (which answers cite). */
export type VersionKey = string

/** A version as the engine's side sees it: named at once, described and loaded only when its snapshot is not kept. */
export interface VersionSource {
  readonly key: VersionKey
  describe(): Promise<Omit<VersionContent, 'load'>>
  load(digests: readonly string[]): Promise<ReadonlyMap<string, Uint8Array>>
}

export const versionKey = ({ contentHash, parts }: Pick<VersionContent, 'contentHash' | 'parts'>): VersionKey =>
  parts.reduce((key, { placesDigest }) => `${key} ${placesDigest}`, contentHash)

/** A version that is at hand in this thread. */
export const sourceOf = (version: VersionContent): VersionSource => ({
  key: versionKey(version),
  describe: () => Promise.resolve(version),
  load: (digests) => version.load(digests),
})
