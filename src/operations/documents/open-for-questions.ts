import { admit } from '#access/admit'
import type { Opened, Upload, VersionContent } from '#analyst/analyst'
import type { Asking } from '../dependencies.js'
import { valueOf } from '../questions/value-of.js'

/** What questions are asked about, and what was seen while it was read. */
export interface OpenedForQuestions extends Pick<Opened, 'notes' | 'removed' | 'leftOut' | 'assumedCluster'> {
  readonly content: VersionContent
}

/** A document at hand (the command line's files), to be asked about where it is read. It cannot be sent or stored: `openDocument` is for that. `withRemoved`: every secret that was taken out is told with its place. */
export async function openForQuestions({ analyst, caller }: Asking, upload: Upload, withRemoved = false): Promise<OpenedForQuestions> {
  admit(caller, 'openForQuestions')
  const { name, clusters, ...seen } = valueOf(await analyst.ask('open', { upload, withRemoved }))
  const parts = clusters.map((cluster) => ({ cluster, digest: name, placesDigest: '' }))
  return { ...seen, content: { contentHash: name, header: '{}', placesDigest: null, parts, load: nothingStored } }
}

const nothingStored: VersionContent['load'] = () =>
  Promise.reject(new Error('a document that was opened for questions has no stored content'))
