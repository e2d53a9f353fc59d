import type { Origin } from './document-fault.js'
import type { EntryPlace } from './header-places.js'

/** An object of a cluster as it came, not yet normalised. */
export interface RawObject {
  readonly value: Readonly<Record<string, unknown>>
  /** Where it stands in its document, for faults. */
  readonly path: readonly (string | number)[]
  readonly origin: Origin
  /** 0: unknown. */
  readonly line: number
  /** Where its sender says that it was written, if the document is no more than what carries it. */
  readonly stated?: EntryPlace
}

/** Where a user finds the object. */
export const writtenAt = ({ stated, origin, line }: RawObject): EntryPlace => stated ?? { file: origin.file, line }

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
