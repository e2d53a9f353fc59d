import type { Origin } from './document-fault.js'
import type { EntryPlace } from './entry-place.js'
import { limits } from './parsing/limits.js'
import type { Line, Locate } from './parsing/parsed-text.js'
import type { Path } from './parsing/pointer-trie.js'

/** Where an object begins. */
interface Beginning {
  readonly file: string | null
  readonly line: Line
  /** Inside its document, for faults. */
  readonly path: Path
  /** Where its sender says that it was written, if the document is no more than what carries it. */
  readonly stated?: EntryPlace
}

/** Where an object stands, and what finds places inside of it; absent: its document is too large to be walked for that. */
export interface Standing extends Beginning {
  readonly locate?: Locate
}

/** An object of a cluster as it came, not yet normalised. */
export interface RawObject extends Beginning {
  readonly value: Readonly<Record<string, unknown>>
  readonly origin: Origin
}

/** Where a user finds the object. */
export const writtenAt = ({ stated, file, line }: Beginning): EntryPlace => stated ?? { file, line: line() }

/** The same without the object. */
export const standingOf = ({ file, line, path, stated, origin: { document } }: RawObject): Standing => {
  if (stated !== undefined) return { file, line, path, stated }
  return document.length > limits.located ? { file, line, path } : { file, line, path, locate: document.locate }
}

/** Who an object is, by its group and not its version: two versions of one object are the same object. */
export interface ObjectIdentity {
  readonly apiVersion: string
  readonly group: string
  readonly kind: string
  /** '' for cluster-scoped objects. */
  readonly namespace: string
  readonly name: string
  /** It states no name: the API server would complete `GENERATED` ones, an installer takes its `USUAL` one. */
  readonly nameless?: 'GENERATED' | 'USUAL'
}

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  value !== null && typeof value === 'object' && !Array.isArray(value)
