import { pause } from '../pause.js'
import { type PlaceMark, readMark } from '../model/place-mark.js'
import type { SourcePlace } from '../model/resource-ref.js'
import type { HeaderPlaces, Places } from './ingested.js'

/** Null: there is no place. Undefined: it is not known here, and the mark stays. `path` is the field that is named beside the mark, if one is. */
export type PlaceOf = (marked: PlaceMark, path: string | null) => SourcePlace | null | undefined

/** The same answer with places for its marks; what holds none is shared with it. */
export const tellPlaces = <T>(answer: T, placeOf: PlaceOf): T => told(answer, placeOf) as T

const told = (value: unknown, placeOf: PlaceOf): unknown => {
  if (value === null || typeof value !== 'object') return value
  return Array.isArray(value) ? toldItems(value, placeOf) : toldMembers(value as Readonly<Record<string, unknown>>, placeOf)
}

const toldItems = (items: readonly unknown[], placeOf: PlaceOf): readonly unknown[] => {
  let copy: unknown[] | undefined
  for (let at = 0; at < items.length; at++) {
    pause()
    const item = items[at]
    const next = told(item, placeOf)
    if (next !== item) (copy ??= [...items])[at] = next
  }
  return copy ?? items
}

const toldMembers = (members: Readonly<Record<string, unknown>>, placeOf: PlaceOf): unknown => {
  let copy: Record<string, unknown> | undefined
  for (const key in members) {
    const held = members[key]
    if (held === null || typeof held !== 'object') continue
    const next = key === 'source' ? toldPlace(held as SourcePlace, members['path'], placeOf) : told(held, placeOf)
    if (next !== held) (copy ??= { ...members })[key] = next
  }
  return copy ?? members
}

const toldPlace = (place: SourcePlace, path: unknown, placeOf: PlaceOf): SourcePlace | null => {
  const marked = readMark(place)
  const found = marked === undefined ? undefined : placeOf(marked, typeof path === 'string' ? path : null)
  return found === undefined ? place : found
}

type Pair = readonly [file: number, line: number]

const placeFrom = (files: readonly string[], pair: Pair | undefined): SourcePlace | null =>
  pair === undefined ? null : { file: files[pair[0]] ?? null, line: pair[1] > 0 ? pair[1] : null }

export const placeOfObject = ({ files, objects }: Places, index: number): SourcePlace | null => placeFrom(files, objects[index])

export const placeOfEntry = ({ files, entries }: HeaderPlaces, entry: string): SourcePlace | null =>
  placeFrom(files, Object.hasOwn(entries, entry) ? entries[entry] : undefined)
