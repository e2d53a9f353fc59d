import { admit } from '#access/admit'
import type { Prepared, Upload, VersionContent } from '#analyst/analyst'
import { valueOf } from '../questions/value-of.js'
import type { Asking } from '../dependencies.js'

/** What questions are asked about, and what was seen while it was read. */
export interface Opened extends Pick<Prepared, 'notes' | 'leftOut' | 'assumedCluster'> {
  readonly content: VersionContent
}

/** A document at hand (the command line's files) as something questions can be asked about, without a store. */
export async function openDocument({ analyst, caller }: Asking, upload: Upload): Promise<Opened> {
  admit(caller, 'openDocument')
  const { contents, notes, leftOut, assumedCluster, ...version } = valueOf(await analyst.ask('prepare', { upload }))
  const bodies = new Map(contents.map(({ digest, body }) => [digest, body]))
  const load: VersionContent['load'] = async (digests) =>
    new Map(
      digests.flatMap((digest) => {
        const body = bodies.get(digest)
        return body === undefined ? [] : [[digest, body] as const]
      }),
    )
  return { content: { ...version, load }, notes, leftOut, ...(assumedCluster === undefined ? {} : { assumedCluster }) }
}
