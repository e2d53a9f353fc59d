import type { VersionContent } from '#analyst/analyst'
import type { Store, Version } from '#store/store'

/** A stored version as the analyst needs it: its bytes are read only when the analyst does not have them. */
export const contentOf = (store: Store, version: Version): VersionContent => ({
  topology: version.topology,
  contentHash: version.contentHash,
  header: version.header,
  placesDigest: version.placesDigest,
  parts: version.parts,
  load: (digests) => store.readContents(digests),
})
