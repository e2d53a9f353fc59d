/**
 * Reads fields of objects as users wrote them.
 *
 * One odd field must not lose an object: a field of a wrong shape is noted with its path and read as absent, and nothing
 * here throws. `null` counts as absent, as in Kubernetes.
 */
import { pause } from '../pause.js'

export type Raw = Readonly<Record<string, unknown>>

/** A map of texts, such as labels. */
type Texts = Readonly<Record<string, string>>

export interface Unreadable {
  readonly kind: string
  readonly namespace: string
  readonly name: string
  readonly path: string
  readonly message: string
  readonly index: number
}

/** The pass over one cluster's objects: which object is being read, and what could not be read so far. */
export interface Reading {
  kind: string
  namespace: string
  name: string
  index: number
  readonly unreadable: Unreadable[]
  /** What is made of the object, and says as its own metadata does at which index it stands. */
  readonly placed: Placed[]
  /** Equal maps and lists share one object: replicas hold the same ones. */
  readonly shared: Map<string, Map<string, object>>
}

/** Something with the index of its object, which is settled once all are in order. */
export interface Placed {
  index: number
}

/** A pass that has read nothing yet. */
export const newReading = (): Reading => ({ kind: '', namespace: '', name: '', index: -1, unreadable: [], placed: [], shared: new Map() })

/** The copy that all share who say the same; `kind` tells apart what different values are made of. */
export function share<T extends object>(reading: Reading, kind: string, value: T): T {
  const ofKind = reading.shared.get(kind) ?? new Map<string, object>()
  if (ofKind.size === 0) reading.shared.set(kind, ofKind)
  const key = JSON.stringify(value)
  const known = ofKind.get(key)
  if (known === undefined) ofKind.set(key, value)
  return (known ?? value) as T
}

export const emptyRaw: Raw = Object.freeze({})
export const noLabels: Texts = Object.freeze({})
const noItems: readonly never[] = Object.freeze([])

export const isRaw = (value: unknown): value is Raw => typeof value === 'object' && value !== null && !Array.isArray(value)
export const joinPath = (at: string, key: string): string => (at === '' ? key : `${at}.${key}`)

/** Notes a part that cannot be used; reading goes on without it. */
export const noteUnreadable = (reading: Reading, path: string, message: string): void => {
  const { kind, namespace, name, index } = reading
  reading.unreadable.push({ kind, namespace, name, path, message, index })
}

const wrong = (reading: Reading, at: string, key: string, expected: string): undefined => {
  noteUnreadable(reading, joinPath(at, key), `is not ${expected}`)
  return undefined
}

export const findObject = (reading: Reading, from: Raw, key: string, at: string): Raw | undefined => {
  const value = from[key]
  if (value === undefined || value === null) return undefined
  return isRaw(value) ? value : wrong(reading, at, key, 'an object')
}

export const readObject = (reading: Reading, from: Raw, key: string, at: string): Raw => findObject(reading, from, key, at) ?? emptyRaw

export const findText = (reading: Reading, from: Raw, key: string, at: string): string | undefined => {
  const value = from[key]
  if (value === undefined || value === null) return undefined
  return typeof value === 'string' ? value : wrong(reading, at, key, 'text')
}

export const readText = (reading: Reading, from: Raw, key: string, at: string): string => findText(reading, from, key, at) ?? ''

/** Whole numbers; digits in quotes are accepted, as protobuf's JSON form does. */
export const findNumber = (reading: Reading, from: Raw, key: string, at: string): number | undefined => {
  const value = from[key]
  if (value === undefined || value === null) return undefined
  if (typeof value === 'number') return value
  if (typeof value === 'string' && /^-?\d{1,15}$/.test(value)) return Number(value)
  return wrong(reading, at, key, 'a number')
}

export const readNumber = (reading: Reading, from: Raw, key: string, at: string): number => findNumber(reading, from, key, at) ?? 0

export const findFlag = (reading: Reading, from: Raw, key: string, at: string): boolean | undefined => {
  const value = from[key]
  if (value === undefined || value === null) return undefined
  return typeof value === 'boolean' ? value : wrong(reading, at, key, 'true or false')
}

const findArray = (reading: Reading, from: Raw, key: string, at: string): readonly unknown[] | undefined => {
  const value = from[key]
  if (value === undefined || value === null) return undefined
  return Array.isArray(value) ? value : wrong(reading, at, key, 'a list')
}

export const readTexts = (reading: Reading, from: Raw, key: string, at: string): readonly string[] => {
  const values = findArray(reading, from, key, at)
  if (values === undefined || values.length === 0) return noItems
  if (values.every((value) => typeof value === 'string')) return values
  wrong(reading, at, key, 'a list of texts')
  return values.filter((value) => typeof value === 'string')
}

/** Objects of a list, each read by `read` (undefined drops it); items that are no objects are noted and skipped. */
export const readList = <T>(
  reading: Reading,
  from: Raw,
  key: string,
  at: string,
  read: (reading: Reading, item: Raw, at: string) => T | undefined,
): readonly T[] => {
  const values = findArray(reading, from, key, at)
  if (values === undefined || values.length === 0) return noItems
  const result: T[] = []
  const list = joinPath(at, key)
  for (let position = 0; position < values.length; position++) {
    pause()
    const value = values[position]
    const path = `${list}[${position}]`
    if (!isRaw(value)) noteUnreadable(reading, path, 'is not an object')
    else {
      const item = read(reading, value, path)
      if (item !== undefined) result.push(item)
    }
  }
  return withoutRoom(result)
}

/** A list that grew has room for seventeen, and most have one item: there may be a hundred thousand such lists. */
const withoutRoom = <T>(list: readonly T[]): readonly T[] => (list.length === 0 ? noItems : list.slice())

/** A map of texts; equal maps share one object. */
export const findLabels = (reading: Reading, from: Raw, key: string, at: string): Texts | undefined => {
  const value = findObject(reading, from, key, at)
  if (value === undefined) return undefined
  const count = countTexts(value)
  if (count !== undefined) return shareLabels(reading, value as Texts, count)
  wrong(reading, at, key, 'a map of texts')
  const texts = Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string')
  return shareLabels(reading, Object.fromEntries(texts), texts.length)
}

/** Undefined: not all members are texts. */
const countTexts = (value: Raw): number | undefined => {
  let count = 0
  for (const name in value) {
    pause()
    if (typeof value[name] !== 'string') return undefined
    count += 1
  }
  return count
}

/** Of more entries nobody has an equal, and to write them down holds everybody up. */
const mostShared = 10_000

/** The shared copy of a label map of so many entries; the map itself where nobody has an equal. */
export const shareLabels = (reading: Reading, labels: Texts, count: number): Texts => {
  if (count === 0) return noLabels
  return count > mostShared ? labels : share(reading, 'labels', labels)
}

export const readLabels = (reading: Reading, from: Raw, key: string, at: string): Texts => findLabels(reading, from, key, at) ?? noLabels

/** `selector.matchLabels` of Istio's policies; absent and empty are both undefined ("every workload"). */
export const findSelector = (reading: Reading, from: Raw, key: string, at: string): Texts | undefined => {
  const selector = findObject(reading, from, key, at)
  if (selector === undefined) return undefined
  const inner = key === 'workloadSelector' ? 'labels' : 'matchLabels'
  const labels = readLabels(reading, selector, inner, joinPath(at, key))
  return Object.keys(labels).length === 0 ? undefined : labels
}

/** A selector is written that names no labels: not all who read it take it for none (AMB-35, AMB-36). */
export const isEmptySelector = (from: Raw): boolean => isRaw(from['selector']) && findSelectorLabels(from['selector']) === 0

const findSelectorLabels = (selector: Raw): number => (isRaw(selector['matchLabels']) ? Object.keys(selector['matchLabels']).length : 0)

/** One of the given words, or undefined; another word is noted. */
export const findWord = <W extends string>(reading: Reading, from: Raw, key: string, at: string, words: readonly W[]): W | undefined => {
  const value = findText(reading, from, key, at)
  if (value === undefined || value === '') return undefined
  const word = words.find((candidate) => candidate === value)
  if (word === undefined) noteUnreadable(reading, joinPath(at, key), `\`${value}\` is not one of ${words.join(', ')}`)
  return word
}
