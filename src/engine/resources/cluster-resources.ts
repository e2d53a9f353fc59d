import type { Meta } from './meta.js'
import type { Kind } from './kind.js'
import type { kinds } from './kinds.js'
import type { Unreadable } from './reading.js'

/** Namespaced resources of one kind: by namespace, in canonical order inside each. */
export type ByNamespace<T> = ReadonlyMap<string, readonly T[]>

type Kept<K> =
  K extends Kind<'NAMED', infer T>
    ? ReadonlyMap<string, T>
    : K extends Kind<'GROUPED', infer T>
      ? ByNamespace<T>
      : K extends Kind<'LISTED', infer T>
        ? readonly T[]
        : never

/** Every kind of the register, typed and indexed as it says there. */
export type ReadKinds = { readonly [Name in keyof typeof kinds]: Kept<(typeof kinds)[Name]> }

/**
 * One cluster's objects, typed and indexed; built once per content digest.
 *
 * Raw objects are dropped after reading: what the analysis needs is here, and the document as it came stays in the store.
 */
export interface ClusterResources extends Omit<ReadKinds, 'legacyEndpoints'> {
  readonly digest: string
  /** Bytes of the canonical part: what the snapshot cache counts. */
  readonly size: number
  /** Objects by kind, unknown kinds included. */
  readonly counts: Readonly<Record<string, number>>
  /** `apiVersion/kind` of objects that nothing here reads. */
  readonly unknownKinds: readonly string[]
  /** Namespaces of objects of any kind, unknown kinds included. */
  readonly occupied: ReadonlySet<string>
  /** Objects of any kind on which their owner accepts findings. */
  readonly suppressing: readonly Meta[]
  /** Parts of objects that could not be read as their kind's shape: kept, reported. */
  readonly unreadable: readonly Unreadable[]
}
