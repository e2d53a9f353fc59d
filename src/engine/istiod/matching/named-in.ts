import { pausing } from '../../pause.js'
import { remembered } from '../../remembered.js'
import type { ByNamespace } from '../../resources/cluster-resources.js'
import type { Meta } from '../../resources/meta.js'

/** The first of a kind's objects by `namespace/name`: looked up as often as something names them. */
export const namedIn = remembered(<T extends { readonly meta: Meta }>(objects: ByNamespace<T>): ReadonlyMap<string, T> => {
  const found = new Map<string, T>()
  for (const [namespace, list] of objects) {
    for (const object of pausing(list)) {
      const name = `${namespace}/${object.meta.name}`
      if (!found.has(name)) found.set(name, object)
    }
  }
  return found
}) as <T extends { readonly meta: Meta }>(objects: ByNamespace<T>) => ReadonlyMap<string, T>
