import type { Upload, VersionContent } from '#analyst/analyst'
import type { Finding } from '#engine/model/report'
import { valueOf } from '../questions/value-of.js'
import type { Asking } from '../dependencies.js'

/** A document at hand (the command line's files) as something questions can be asked about, without a store. */
export async function openDocument(
  { analyst }: Asking,
  upload: Upload,
): Promise<{ readonly content: VersionContent; readonly notes: readonly Finding[] }> {
  const { contentHash, header, parts, contents, notes } = valueOf(await analyst.prepare(upload))
  const bodies = new Map(contents.map(({ digest, body }) => [digest, body]))
  return { content: { contentHash, header, parts, load: () => Promise.resolve(bodies) }, notes }
}
