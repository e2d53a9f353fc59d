import type { ResourceRef } from '../model/resource-ref.js'

/** Where a fact comes from: the document's header, an object, Istio's default, or our assumption. */
export type Provenance = 'STATED' | 'DERIVED' | 'DEFAULT' | 'ASSUMED'

/** A fact with its origin, so that an answer resting on it can say why. `value` undefined: unknown. */
export interface Fact<T> {
  readonly value: T | undefined
  readonly provenance: Provenance
  readonly because: readonly ResourceRef[]
}
