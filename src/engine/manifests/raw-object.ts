import type { Origin } from './document-fault.js'

/** An object of a cluster as it came, not yet normalised. */
export interface RawObject {
  readonly value: Readonly<Record<string, unknown>>
  /** Where it stands in its document, for faults. */
  readonly path: readonly (string | number)[]
  readonly origin: Origin
  /** 0: unknown. */
  readonly line: number
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
