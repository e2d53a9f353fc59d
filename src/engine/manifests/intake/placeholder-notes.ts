import type { Finding } from '../../model/report.js'
import { linesOf } from '../parsing/lines-of.js'
import type { Locate } from '../parsing/parsed-text.js'
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
  const byDocument = new Map<Locate, Unrendered[]>()
  for (const one of found) {
    const { locate } = one.standing
    if (locate === undefined) continue
    const known = byDocument.get(locate)
    if (known === undefined) byDocument.set(locate, [one])
    else known.push(one)
  }
  const lines = new Map(
    [...byDocument].flatMap(([locate, within]) => {
      const found = linesOf(
        locate,
        within.map(({ standing, paths }) => [...standing.path, ...(paths[0] ?? [])]),
      )
      return within.map((one, index) => [one, found[index]] as const)
    }),
  )
  return found.map((one) => {
    const line = lines.get(one)
    return placeholderFound(cluster, one.identity, one.paths, line === undefined ? one.standing : { ...one.standing, line: () => line })
  })
}
