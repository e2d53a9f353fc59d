import type { ClusterScopedKind } from '../manifests/kinds.js'
import type { Meta } from './meta.js'
import type { Raw, Reading } from './reading.js'

/** Reads one object; undefined: it says nothing that is kept. Nothing throws. */
export type Reader<T> = (reading: Reading, raw: Raw, meta: Meta) => T | undefined

/** How the objects of a kind are found again: by name alone, by namespace (or what `keyOf` says), or all together. */
export type Shelf = 'NAMED' | 'GROUPED' | 'LISTED'

/** A kind that is read, or several that are read as one: their readers by `group/kind`, a group of '' being Kubernetes' core. */
export interface Kind<S extends Shelf, T> {
  readonly shelf: S
  readonly readers: Readonly<Record<string, Reader<T>>>
  readonly keyOf?: (item: never) => string
  /** Only the reach is kept, so that answers can say where it would matter: reported like the kinds that nothing reads. */
  readonly reachOnly?: true
}

/** `group/kind` of a kind that has a namespace, as the list of those without tells. */
type Namespaced<K extends string> = K & (K extends ClusterScopedKind ? never : K)

const readersOf = <T>(keys: readonly string[], read: Reader<T>): Readonly<Record<string, Reader<T>>> =>
  Object.fromEntries(keys.map((key) => [key, read]))

/** Kinds without namespace. */
export const byName = <T>(read: Reader<T>, ...keys: readonly ClusterScopedKind[]): Kind<'NAMED', T> => ({
  shelf: 'NAMED',
  readers: readersOf(keys, read),
})

export const byNamespace = <K extends string, T>(read: Reader<T>, ...keys: readonly Namespaced<K>[]): Kind<'GROUPED', T> => ({
  shelf: 'GROUPED',
  readers: readersOf(keys, read),
})

/** Namespaced kinds that are sought by something else than their namespace. */
export const byKey = <T>(keyOf: (item: T) => string, read: Reader<T>, ...keys: readonly string[]): Kind<'GROUPED', T> => ({
  shelf: 'GROUPED',
  readers: readersOf(keys, read),
  keyOf,
})

/** Few objects, of several kinds that say the same thing in their own ways. */
export const listed = <T>(readers: Readonly<Record<string, Reader<T>>>): Kind<'LISTED', T> => ({ shelf: 'LISTED', readers })
