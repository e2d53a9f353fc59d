import type { Finding } from '../../model/report.js'
import { linesOfAll } from '../parsing/lines-of-all.js'
import type { Path } from '../parsing/pointer-trie.js'
import type { ObjectIdentity, Standing } from '../raw-object.js'
import { placeholderFound } from '../reading-notes.js'

/** An object with names that were never filled in. */
export interface Unrendered {
  readonly identity: ObjectIdentity
  readonly paths: readonly Path[]
  readonly standing: Standing
}

/** A note for each, at the line of the first of its names: a document that has some is read once more for all of them. */
export const placeholderNotes = (cluster: string, found: readonly Unrendered[]): readonly Finding[] => {
  const lines = linesOfAll(found, ({ standing, paths }) => ({ locate: standing.locate, path: [...standing.path, ...(paths[0] ?? [])] }))
  return found.map((one) => {
    const line = lines.get(one)
    return placeholderFound(cluster, one.identity, one.paths, line === undefined ? one.standing : { ...one.standing, line: () => line })
  })
}
