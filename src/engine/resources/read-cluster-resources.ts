import { groupOf } from '../manifests/kinds.js'
import type { ByNamespace, ClusterResources, ReadKinds } from './cluster-resources.js'
import type { Kind, Shelf } from './kind.js'
import { kinds } from './kinds.js'
import { hasNoEffect } from './kinds-without-effect.js'
import type { EndpointSlice } from './kubernetes/endpoint-slice.js'
import { type Meta, readMeta } from './meta.js'
import { isRaw, newReading, noteUnreadable, type Raw, type Reading } from './reading.js'

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

const parseObjects = (body: Uint8Array, reading: Reading): readonly unknown[] => {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(body))
    if (Array.isArray(value)) return value
    noteUnreadable(reading, '', 'is not a list of objects')
  } catch {
    noteUnreadable(reading, '', 'is not JSON')
  }
  return []
}

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

interface Pass {
  readonly collected: Collected
  readonly counts: Map<string, number>
  readonly unknownKinds: Set<string>
}

const takeObject = (pass: Pass, reading: Reading, raw: Raw, index: number): void => {
  const apiVersion = typeof raw['apiVersion'] === 'string' ? raw['apiVersion'] : ''
  const meta = readMeta(reading, raw, index)
  pass.counts.set(meta.kind, (pass.counts.get(meta.kind) ?? 0) + 1)
  const group = groupOf(apiVersion)
  const taking = takers.get(`${group}/${meta.kind}`) ?? []
  for (const { name, kind, read } of taking) {
    const item = read(reading, raw, meta)
    const held = pass.collected[name]
    if (item !== undefined && held !== undefined) put(kind, held, item)
  }
  const isRead = taking.some(({ kind }) => kind.reachOnly !== true)
  if (!isRead && !hasNoEffect(group, meta.kind)) pass.unknownKinds.add(`${apiVersion}/${meta.kind}`)
}

/**
 * One cluster's canonical part (a JSON array of objects) as typed, indexed resources.
 *
 * One pass; raw objects are dropped as it goes. Nothing throws: parts of a wrong shape are listed in `unreadable`.
 */
export const readClusterResources = (digest: string, body: Uint8Array): ClusterResources => {
  const reading = newReading()
  const pass: Pass = { collected: emptyCollected(), counts: new Map(), unknownKinds: new Set() }
  for (const [index, raw] of parseObjects(body, reading).entries()) {
    if (isRaw(raw)) takeObject(pass, reading, raw, index)
    else noteUnreadable({ ...reading, index }, '', 'is not an object')
  }
  // INVARIANT: every name of the register holds what its own readers returned, so that it is what the register's types say.
  const { legacyEndpoints, ...read } = pass.collected as unknown as ReadKinds
  return {
    digest,
    size: body.byteLength,
    counts: Object.fromEntries(pass.counts),
    unknownKinds: [...pass.unknownKinds].sort(),
    unreadable: reading.unreadable,
    ...withInstalledGateways({ ...read, endpointSlices: withLegacy({ ...read, legacyEndpoints }) }),
  }
}

/** Objects of one kind in a namespace; the shared empty list when there are none. */
export const inNamespace = <T>(map: ByNamespace<T>, namespace: string): readonly T[] => map.get(namespace) ?? []
