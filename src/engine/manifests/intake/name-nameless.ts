import { sha256 } from '../../model/stored/content-hash.js'
import type { ObjectIdentity } from '../raw-object.js'

interface Named {
  readonly identity: ObjectIdentity
}

/** How objects are told apart by what they say, and given a name. */
interface Naming<T> {
  textOf(object: T): string
  rename(object: T, name: string): T
}

/** Keys are in canonical order: nothing is before NUL, which no name has. Joined they are one text each, and no rope of several. */
export const keyOf = ({ group, kind, namespace, name }: ObjectIdentity): string => [group, kind, namespace, name].join('\u0000')

/**
 * Objects that state no name, each with one of its own: the API server would complete a generated one at random, here the content
 * does, so that the same objects always have the same names. A usual name stays while one object only takes it.
 */
export const nameNameless = <T extends Named>(objects: readonly T[], { textOf, rename }: Naming<T>): readonly T[] => {
  const usual = new Map<string, Set<string>>()
  for (const object of objects) {
    const { identity } = object
    if (identity.nameless !== 'USUAL') continue
    const key = keyOf(identity)
    usual.set(key, (usual.get(key) ?? new Set()).add(textOf(object)))
  }
  return objects.map((object) => {
    const { identity } = object
    if (identity.nameless === undefined) return object
    const suffix = new TextEncoder().encode(textOf(object))
    if (identity.nameless === 'GENERATED') return rename(object, `${identity.name}${sha256(suffix).slice(0, 5)}`)
    return (usual.get(keyOf(identity))?.size ?? 0) < 2 ? object : rename(object, `${identity.name}-${sha256(suffix).slice(0, 5)}`)
  })
}
