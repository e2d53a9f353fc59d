import type { ResourceRef } from '../../model/resource-ref.js'
import type { kinds } from '../../resources/kinds.js'

/** A kind by its name in the register of those that are read. */
export type KindName = keyof typeof kinds

/** What a cluster may hold and nobody could read: absent is unknown here, and not none. */
export interface UnreadKind {
  readonly kind: string
  /** Undefined: in no namespace at all, or the kind has none. */
  readonly namespace: string | undefined
  /** Where it is read, if it is read anywhere. */
  readonly except: readonly string[]
  readonly reason: string
  /** The kinds of the register whose objects are missing. */
  readonly names: ReadonlySet<KindName>
  readonly ref: ResourceRef
}
