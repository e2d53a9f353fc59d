import { pausing } from '../pause.js'
import type { PlaceMark } from '../model/place-mark.js'
import type { SourcePlace } from '../model/resource-ref.js'
import type { Locate } from './parsing/parsed-text.js'
import { linesOfAll } from './parsing/lines-of-all.js'
import type { Path } from './parsing/pointer-trie.js'
import type { Standing } from './raw-object.js'

/** The places of fields that an answer names. */
export interface LocatedFields {
  /** Undefined: it is the place of what holds the field, or it was not asked for before `locate`. */
  placeOf(marked: PlaceMark, path: string): SourcePlace | undefined
  /** Something was that is not looked for yet. */
  isAsked(): boolean
  /** Looks for all of that. */
  locate(): void
}

interface Wanted {
  readonly key: string
  readonly file: string | null
  readonly locate: Locate
  readonly path: Path
}

/**
 * Fields of objects, and of entries of the header, where what they stand in is at hand.
 *
 * A document of which something is asked for is read once more for all of it. A field that is missing stands where what should hold it stands.
 */
export function locateFields(standingOf: (marked: PlaceMark) => Standing | undefined): LocatedFields {
  const known = new Map<string, SourcePlace | undefined>()
  const wanted: Wanted[] = []
  const want = (key: string, marked: PlaceMark, path: string): void => {
    known.set(key, undefined)
    const standing = standingOf(marked)
    if (standing?.locate === undefined) return
    const inside = [...standing.path, ...partsOf(pathInside(path, marked))]
    wanted.push({ key, file: standing.file, locate: standing.locate, path: inside })
  }
  return {
    placeOf: (marked, path) => {
      const key = keyOf(marked, path)
      if (!known.has(key)) want(key, marked, path)
      return known.get(key)
    },
    isAsked: () => wanted.length > 0,
    locate: () => {
      // File by file, as few of them are held at a time.
      const asked = wanted.splice(0).toSorted((a, b) => ((a.file ?? '') < (b.file ?? '') ? -1 : a.file === b.file ? 0 : 1))
      const lines = linesOfAll(asked, (one) => one)
      for (const one of pausing(asked)) known.set(one.key, { file: one.file, line: lines.get(one) ?? null })
    },
  }
}

const keyOf = (marked: PlaceMark, path: string): string =>
  JSON.stringify('entry' in marked ? [marked.entry, path] : [marked.cluster, marked.index, path])

/** Entries that have no name are called by their own path, with which those of their fields begin. */
const pathInside = (path: string, marked: PlaceMark): string =>
  'entry' in marked && path.startsWith(marked.entry) ? path.slice(marked.entry.length) : path

const part = /([^.[\]]+)|\[(\d+)\]|\["((?:[^"\\]|\\.)*)"\]|\['([^']*)'\]/g

/** The steps of a path as answers write it: `spec.http[0].route`, with keys that are no names in brackets and quotes. */
const partsOf = (path: string): readonly string[] =>
  [...path.matchAll(part)].map(([, name, index, quoted, single]) => name ?? index ?? single ?? (quoted ?? '').replace(/\\(.)/g, '$1'))
