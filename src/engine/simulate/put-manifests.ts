import type { ClusterResources } from '../resources/cluster-resources.js'
import type { Meta } from '../resources/meta.js'
import { readClusterResources } from '../resources/read-cluster-resources.js'

type Owned = { readonly meta: Meta }

/** The end of time: an object that is added now is younger than every other one. */
const youngest = 8.64e15
/** Stands in no file, and is no part of the document's header either. */
const nowhere = Number.MAX_SAFE_INTEGER

const isSame = ({ meta: a }: Owned, { meta: b }: Owned): boolean => a.kind === b.kind && a.namespace === b.namespace && a.name === b.name

/** An object that is put over another one stays as old as it was; Istio goes by age where objects contend. */
const placed = <T extends Owned>(object: T, before: Owned | undefined): T => {
  const createdAt = object.meta.createdAt !== 0 ? object.meta.createdAt : (before?.meta.createdAt ?? youngest)
  return { ...object, meta: { ...object.meta, createdAt, index: before?.meta.index ?? nowhere } }
}

const putAll = (list: readonly Owned[], added: readonly Owned[]): readonly Owned[] => {
  const kept = list.map((object) => {
    const other = added.find((one) => isSame(one, object))
    return other === undefined ? object : placed(other, object)
  })
  const fresh = added.filter((one) => !list.some((object) => isSame(object, one)))
  return [...kept, ...fresh.map((one) => placed(one, undefined))]
}

type Held = Owned | readonly Owned[]

/** One map or list of a cluster's resources with what was read put into it. */
const putInto = (held: unknown, added: unknown): unknown => {
  if (Array.isArray(added)) return added.length === 0 ? held : putAll(held as Owned[], added)
  if (!(added instanceof Map) || added.size === 0) return held
  const result = new Map(held as ReadonlyMap<string, Held>)
  for (const [key, value] of added as ReadonlyMap<string, Held>) {
    const before = result.get(key)
    result.set(key, Array.isArray(value) ? putAll((before ?? []) as Owned[], value) : placed(value as Owned, before as Owned | undefined))
  }
  return result
}

const told = new Set(['digest', 'size', 'counts', 'unknownKinds', 'suppressing', 'unreadable'])

/**
 * A cluster's objects with these added, or put over those of the same kind, namespace and name, as `kubectl apply` of whole objects would.
 *
 * Nothing is changed in place: kinds, and namespaces of a kind, that are not concerned are shared with what was there.
 */
export const putManifests = (resources: ClusterResources, manifests: readonly unknown[]): ClusterResources => {
  const read = readClusterResources('', new TextEncoder().encode(JSON.stringify(manifests)))
  const counts = { ...resources.counts }
  for (const kind of Object.keys(read.counts)) counts[kind] ??= read.counts[kind] ?? 0
  const changed = Object.fromEntries(
    Object.entries(read).flatMap(([name, added]) => {
      if (told.has(name)) return []
      const held = (resources as unknown as Readonly<Record<string, unknown>>)[name]
      const result = putInto(held, added)
      return result === held ? [] : [[name, result]]
    }),
  )
  return { ...resources, digest: '', counts, ...changed }
}
