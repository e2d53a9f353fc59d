import { addAll } from '../add-all.js'
import type { ClusterResources } from '../resources/cluster-resources.js'
import type { Meta } from '../resources/meta.js'

type Owned = { readonly meta: Meta }

/** Objects of a kind that only one of two versions of a cluster has, or that they have in different forms. */
interface Differing {
  readonly kind: keyof ClusterResources
  /** Undefined: something else than objects of namespaces differs. */
  readonly objects: readonly Owned[] | undefined
}

/** Said of the objects, and decides nothing by itself. */
const told: ReadonlySet<string> = new Set<keyof ClusterResources>(['digest', 'size', 'counts'])

/** What differs between two versions of a cluster's objects that share what does not. */
export const differingObjects = (before: ClusterResources, after: ClusterResources): readonly Differing[] =>
  (Object.keys(after) as (keyof ClusterResources)[])
    .filter((kind) => after[kind] !== before[kind] && !told.has(kind))
    .map((kind) => ({ kind, objects: differingIn(before[kind], after[kind]) }))

function differingIn(before: unknown, after: unknown): readonly Owned[] | undefined {
  if (!(before instanceof Map) || !(after instanceof Map)) return undefined
  const found: unknown[] = []
  for (const namespace of new Set([...before.keys(), ...after.keys()] as readonly unknown[])) {
    const [then, now]: readonly unknown[] = [before.get(namespace) ?? [], after.get(namespace) ?? []]
    if (then === now) continue
    if (!Array.isArray(then) || !Array.isArray(now)) return undefined
    const [known, kept] = [new Set<unknown>(then), new Set<unknown>(now)]
    addAll<unknown>(found, [...now.filter((one) => !known.has(one)), ...then.filter((one) => !kept.has(one))])
  }
  // INVARIANT: lists of a kind by namespace hold objects with names.
  return found as readonly Owned[]
}
