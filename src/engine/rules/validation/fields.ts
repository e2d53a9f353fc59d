import { pausing } from '../../pause.js'
import { isRaw, type Raw } from '../../resources/reading.js'

/** Something that istiod refuses in an object, or, where it `warns`, takes and complains of; `says` is read after the path. */
export interface Complaint {
  readonly at: string
  readonly says: string
  readonly warns?: true
}

/** What istiod's validation says of one object. Fields of a wrong type are the business of its schema, and are read as absent here. */
export type Validation = (object: Raw) => Iterable<Complaint>

const empty: Raw = Object.freeze({})

/** The object at a field; an empty one where there is none. */
export const objectIn = (from: Raw, key: string): Raw => {
  const value = from[key]
  return isRaw(value) ? value : empty
}

export const has = (from: Raw, key: string): boolean => from[key] !== undefined && from[key] !== null

/** The objects of a list, each with its path. */
export function* objectsIn(from: Raw, key: string, at: string): Iterable<readonly [item: Raw, at: string]> {
  const value = from[key]
  if (!Array.isArray(value)) return
  for (const [index, item] of pausing(value.entries())) if (isRaw(item)) yield [item, `${at}.${key}[${index}]`]
}

/** The texts of a list, each with its path. */
export function* textsIn(from: Raw, key: string, at: string): Iterable<readonly [text: string, at: string]> {
  const value = from[key]
  if (!Array.isArray(value)) return
  for (const [index, item] of pausing(value.entries())) if (typeof item === 'string') yield [item, `${at}.${key}[${index}]`]
}

export const listIn = (from: Raw, key: string): readonly unknown[] => {
  const value = from[key]
  return Array.isArray(value) ? value : []
}

/** The text at a field; '' where there is none, as in the control plane. */
export const textIn = (from: Raw, key: string): string => {
  const value = from[key]
  return typeof value === 'string' ? value : ''
}

/** The number at a field; 0 where there is none, as in the control plane. */
export const numberIn = (from: Raw, key: string): number => {
  const value = from[key]
  return typeof value === 'number' ? value : 0
}

/** The entries of a map. */
export const entriesIn = (from: Raw, key: string): readonly (readonly [name: string, value: unknown])[] =>
  Object.entries(objectIn(from, key))

/** A complaint where something is wrong. */
export function* when(wrong: boolean, at: string, says: string): Iterable<Complaint> {
  if (wrong) yield { at, says }
}
