import { pausing } from '../../pause.js'
import type { ByNamespace } from '../../resources/cluster-resources.js'
import type { Meta } from '../../resources/meta.js'
import { remembered } from '../../remembered.js'

interface Named {
  readonly meta: Meta
}

const byName = remembered((list: readonly Named[]): ReadonlyMap<string, Named> => {
  const found = new Map<string, Named>()
  for (const one of pausing(list)) found.set(one.meta.name, one)
  return found
})

/** The object of that name and namespace; the last where there are several. */
export function namedIn<T extends Named>(all: ByNamespace<T>, namespace: string, name: string): T | undefined {
  const list = all.get(namespace)
  // What is kept for a list holds its own objects.
  return list === undefined ? undefined : (byName(list).get(name) as T | undefined)
}
