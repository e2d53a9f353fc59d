import { canonicalValue } from '../manifests/canonical-json.js'
import { pausing } from '../pause.js'
import type { Keeper, TakenObject } from '../manifests/intake/keeper.js'
import { type Standing, writtenAt } from '../manifests/raw-object.js'
import type { SourcePlace } from '../model/resource-ref.js'
import type { ClusterResources } from './cluster-resources.js'
import { clusterResources, objectReader, type ReadObject } from './read-cluster-resources.js'

/** One cluster's objects understood as they were read, for questions asked here: nothing of them is written or hashed. */
export interface ReadPart<L> {
  readonly cluster: string
  readonly resources: ClusterResources
  /** What was noticed of each object besides, in canonical order. */
  readonly noticed: readonly L[]
  /** By the index that the object has in `resources`. */
  placeOf(index: number): SourcePlace | null
  standingOf(index: number): Standing | undefined
}

interface Kept<L> {
  readonly index: number
  readonly read: ReadObject
  readonly noticed: L
}

/** Each object is read, and looked at by `notice`, as soon as it is taken in, and let go of. */
export const readPart = <L>(notice: (object: unknown, index: number) => L): Keeper<Kept<L>, ReadPart<L>> => {
  const read = objectReader()
  let next = 0
  return {
    keep: (value) => {
      const index = next++
      const object = canonicalValue(value)
      return { index, read: read(object, index), noticed: notice(object, index) }
    },
    textOf: () => undefined,
    close: (cluster, objects) => ({
      cluster,
      resources: clusterResources('', 0, readings(objects)),
      noticed: objects.map(({ kept }) => kept.noticed),
      ...placesOf(objects),
    }),
  }
}

function* readings(objects: readonly TakenObject<Kept<unknown>>[]): Iterable<ReadObject> {
  for (const { kept } of pausing(objects)) yield kept.read
}

const placesOf = (objects: readonly TakenObject<Kept<unknown>>[]): Pick<ReadPart<unknown>, 'placeOf' | 'standingOf'> => {
  const standings = new Map(objects.map(({ kept, standing }) => [kept.index, standing]))
  return {
    standingOf: (index) => standings.get(index),
    placeOf: (index) => {
      const standing = standings.get(index)
      if (standing === undefined) return null
      const { file, line } = writtenAt(standing)
      return { file, line: line > 0 ? line : null }
    },
  }
}
