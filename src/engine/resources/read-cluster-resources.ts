import { addAll } from '../add-all.js'
import { groupOf } from '../manifests/kinds.js'
import { pause, pausing } from '../pause.js'
import type { ByNamespace, ClusterResources, ReadKinds } from './cluster-resources.js'
import type { Kind, Shelf } from './kind.js'
import { kinds } from './kinds.js'
import { hasNoEffect } from './kinds-without-effect.js'
import type { EndpointSlice } from './kubernetes/endpoint-slice.js'
import { type Meta, readMeta, suppressAnnotation } from './meta.js'
import { stretchesOf } from './stretches-of.js'
import { isRaw, newReading, noteUnreadable, type Placed, type Raw, type Reading, type Unreadable } from './reading.js'

type Owned = { readonly meta: Meta }
/** What one name of the register has collected. */
type Held = Map<string, Owned | Owned[]> | Owned[]
type Collected = Record<string, Held>

const append = <T>(map: Map<string, T[]>, key: string, value: T): void => {
  const list = map.get(key)
  if (list === undefined) map.set(key, [value])
  else list.push(value)
}

/** Puts what was read where its kind is kept. */
const put = ({ shelf, keyOf }: Kind<Shelf, Owned>, held: Held, item: Owned): void => {
  if (Array.isArray(held)) held.push(item)
  else if (shelf === 'NAMED') held.set(item.meta.name, item)
  else append(held as Map<string, Owned[]>, keyOf === undefined ? item.meta.namespace : keyOf(item as never), item)
}

interface Taker {
  readonly name: string
  readonly kind: Kind<Shelf, Owned>
  readonly read: Kind<Shelf, Owned>['readers'][string]
}

const register: readonly (readonly [string, Kind<Shelf, Owned>])[] = Object.entries(kinds)

/** Who takes an object, by `group/kind`. */
const takers: ReadonlyMap<string, readonly Taker[]> = (() => {
  const byKind = new Map<string, Taker[]>()
  for (const [name, kind] of register) {
    for (const [key, read] of Object.entries(kind.readers)) append(byKind, key, { name, kind, read })
  }
  return byKind
})()

const emptyCollected = (): Collected => Object.fromEntries(register.map(([name, { shelf }]) => [name, shelf === 'LISTED' ? [] : new Map()]))

/** Slices win over the legacy `Endpoints` object, which Kubernetes mirrors from or into them. */
const withLegacy = ({ endpointSlices, legacyEndpoints }: ReadKinds): ClusterResources['endpointSlices'] => {
  if (legacyEndpoints.length === 0) return endpointSlices
  const result = new Map<string, readonly EndpointSlice[]>(endpointSlices)
  for (const { meta, slices } of legacyEndpoints) {
    const key = `${meta.namespace}/${meta.name}`
    if (!endpointSlices.has(key) && slices.length > 0) result.set(key, [...(result.get(key) ?? []), ...slices])
  }
  return result
}

/** Gateways of an installation, where their manifests are not given; a running cluster shows its own. */
const withInstalledGateways = (read: Omit<ReadKinds, 'legacyEndpoints'>): typeof read => {
  if (read.pods.size > 0 || read.endpointSlices.size > 0) return read
  const services = new Map(read.services)
  const podControllers = new Map(read.podControllers)
  for (const { service, controller } of read.installations.flatMap((installation) => installation.gateways)) {
    addUnlessNamed(services, service)
    addUnlessNamed(podControllers, controller)
  }
  return { ...read, services, podControllers }
}

const addUnlessNamed = <T extends Owned>(map: Map<string, readonly T[]>, item: T): void => {
  const { namespace, name } = item.meta
  const list = map.get(namespace) ?? []
  if (!list.some(({ meta }) => meta.name === name)) map.set(namespace, [...list, item])
}

/** One object as it was read, not put anywhere yet. */
export interface ReadObject {
  /** Undefined: it is no object. */
  readonly meta: Meta | undefined
  readonly takers: readonly Taker[]
  /** What each of them made of it; undefined: nothing. */
  readonly items: readonly (Owned | undefined)[]
  /** `apiVersion/kind`, where nothing here reads it. */
  readonly unknown: string | undefined
  readonly unreadable: readonly Unreadable[]
  readonly placed: readonly Placed[]
}

/** Reads objects one after the other; equal parts of them are shared. Nothing throws: parts of a wrong shape are listed in `unreadable`. */
export const objectReader = (): ((raw: unknown, index: number) => ReadObject) => {
  const reading = newReading()
  return (raw, index) => {
    if (isRaw(raw)) return readObject(reading, raw, index)
    noteUnreadable({ ...reading, index }, '', 'is not an object')
    return { meta: undefined, takers: noTakers, items: [], unknown: undefined, unreadable: takeUnreadable(reading), placed: nowhere }
  }
}

const readObject = (reading: Reading, raw: Raw, index: number): ReadObject => {
  const apiVersion = typeof raw['apiVersion'] === 'string' ? raw['apiVersion'] : ''
  const meta = readMeta(reading, raw, index)
  const group = groupOf(apiVersion)
  const taking = takers.get(`${group}/${meta.kind}`) ?? noTakers
  const items = taking.map((taker) => taker.read(reading, raw, meta))
  const isRead = taking.some(({ kind }) => kind.reachOnly !== true) || hasNoEffect(group, meta.kind)
  const unknown = isRead ? undefined : `${apiVersion}/${meta.kind}`
  const placed = reading.placed.length === 0 ? nowhere : reading.placed.splice(0)
  return { meta, takers: taking, items, unknown, unreadable: takeUnreadable(reading), placed }
}

const noTakers: readonly Taker[] = []
const nothing: readonly Unreadable[] = []
const nowhere: readonly Placed[] = []

const takeUnreadable = ({ unreadable }: Reading): readonly Unreadable[] => (unreadable.length === 0 ? nothing : unreadable.splice(0))

/** Objects in canonical order, one after the other, until they are one cluster's resources. */
interface Gathering {
  add(object: ReadObject): void
  close(digest: string, size: number): ClusterResources
}

const gathering = (): Gathering => {
  const collected = emptyCollected()
  const counts = new Map<string, number>()
  const unknownKinds = new Set<string>()
  const occupied = new Set<string>()
  const unreadable: Unreadable[] = []
  const suppressing: Meta[] = []
  return {
    add: (object) => {
      const { meta, takers: taking, items, unknown } = object
      addAll(unreadable, object.unreadable)
      if (meta === undefined) return
      counts.set(meta.kind, (counts.get(meta.kind) ?? 0) + 1)
      if (meta.namespace !== '') occupied.add(meta.namespace)
      if (unknown !== undefined) unknownKinds.add(unknown)
      if (meta.annotations[suppressAnnotation] !== undefined) suppressing.push(meta)
      for (const [at, { name, kind }] of taking.entries()) {
        const item = items[at]
        if (item !== undefined) put(kind, collected[name] ?? [], item)
      }
    },
    close: (digest, size) => {
      // INVARIANT: every name of the register holds what its own readers returned, so that it is what the register's types say.
      const { legacyEndpoints, ...read } = collected as unknown as ReadKinds
      return {
        digest,
        size,
        counts: Object.fromEntries(counts),
        unknownKinds: [...unknownKinds].sort(),
        occupied,
        suppressing,
        unreadable,
        ...withInstalledGateways({ ...read, endpointSlices: withLegacy({ ...read, legacyEndpoints }) }),
      }
    },
  }
}

/** Objects in canonical order as one cluster's resources. */
export const clusterResources = (digest: string, size: number, objects: Iterable<ReadObject>): ClusterResources => {
  const { add, close } = gathering()
  for (const object of objects) add(object)
  return close(digest, size)
}

/** The same of objects that were read before their order was known: each stands from now on where it is in the list. */
export const resourcesInOrder = (digest: string, size: number, objects: readonly ReadObject[]): ClusterResources => {
  const { add, close } = gathering()
  for (const [index, object] of pausing(objects.entries())) add(settled(object, index))
  return close(digest, size)
}

const place = (one: Placed | undefined, index: number): void => {
  if (one !== undefined) one.index = index
}

/** INVARIANT: nobody has been given the object yet. */
const settled = (object: ReadObject, index: number): ReadObject => {
  place(object.meta, index)
  for (const one of object.placed) place(one, index)
  return object.unreadable.length === 0 ? object : { ...object, unreadable: object.unreadable.map((part) => ({ ...part, index })) }
}

/**
 * One cluster's canonical part (a JSON array of objects) as typed, indexed resources, a stretch of it at a time: between two of them others may have
 * their turn.
 *
 * One pass; raw objects are dropped as it goes.
 */
export function* readInStretches(digest: string, body: Uint8Array): Generator<undefined, ClusterResources> {
  const read = objectReader()
  const { add, close } = gathering()
  let index = 0
  for (const objects of stretchesOf(body)) {
    if (typeof objects === 'string') return unreadablePart(digest, body.byteLength, objects)
    for (const object of objects) {
      pause()
      add(read(object, index++))
    }
    yield undefined
  }
  return close(digest, body.byteLength)
}

/** The same at once. */
export const readClusterResources = (digest: string, body: Uint8Array): ClusterResources => {
  const reading = readInStretches(digest, body)
  for (;;) {
    const { value, done } = reading.next()
    if (done === true) return value
  }
}

const unreadablePart = (digest: string, size: number, why: string): ClusterResources => {
  const reading = newReading()
  noteUnreadable(reading, '', why)
  return { ...clusterResources(digest, size, []), unreadable: reading.unreadable }
}

/** Objects of one kind in a namespace; the shared empty list when there are none. */
export const inNamespace = <T>(map: ByNamespace<T>, namespace: string): readonly T[] => map.get(namespace) ?? []
