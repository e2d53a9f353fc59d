import type { ObjectIdentity, Standing } from '../raw-object.js'

/** An object that is taken: without secrets and noise, and with what is kept of it. */
export interface TakenObject<K> {
  readonly identity: ObjectIdentity
  readonly standing: Standing
  readonly kept: K
  /** The value of its document, read again. */
  readonly again: () => unknown
}

/** What becomes of one cluster's objects, taken in one at a time. */
export interface Keeper<K, P> {
  /** What is kept of an object; its own value may be let go of. */
  keep(value: Readonly<Record<string, unknown>>): K
  /** The canonical text of what is kept; undefined where it would have to be made. */
  textOf(kept: K): string | undefined
  /** The whole, of objects in canonical order. */
  close(cluster: string, objects: readonly TakenObject<K>[]): P
}
