import { pause } from '../pause.js'

type Members = Readonly<Record<string, unknown>>

/**
 * RFC 8785: no blanks, keys in the order of their UTF-16 units, numbers and strings as ECMAScript writes them. Members that
 * are undefined are left out. Values are plain data that `checkValues` has let through.
 *
 * The runtime's own writer does the work on a value whose keys are in order already, as those of a dump are, or on a copy.
 */
export const canonicalJson = (value: unknown): string => {
  const copy = inOrder(value)
  return copy === unorderable ? written(value) : JSON.stringify(copy)
}

/** Both at once: the text, and the value that it would be read as. */
export const canonicalForm = (value: unknown): { readonly text: string; readonly value: unknown } => {
  const copy = inOrder(value)
  if (copy !== unorderable) return { text: JSON.stringify(copy), value: copy }
  const text = written(value)
  return { text, value: JSON.parse(text) as unknown }
}

/** The value that canonical JSON would be read as, which is the value itself where its keys are in order. */
export const canonicalValue = (value: unknown): unknown => {
  const copy = inOrder(value)
  return copy === unorderable ? JSON.parse(written(value)) : copy
}

/** Stands for a value with keys that an object cannot hold in this order: numbers, which come first, and `__proto__`. */
const unorderable: unique symbol = Symbol('unorderable')

/** The same value, or a copy whose keys are in order, or `unorderable`. */
const inOrder = (value: unknown): unknown => {
  if (value === null || typeof value !== 'object') return value
  return Array.isArray(value) ? itemsInOrder(value) : membersInOrder(value as Members)
}

const itemsInOrder = (items: readonly unknown[]): unknown => {
  let copy: unknown[] | undefined
  for (let at = 0; at < items.length; at++) {
    pause()
    const item = items[at]
    const ordered = inOrder(item)
    if (ordered === unorderable) return unorderable
    if (ordered !== item) (copy ??= [...items])[at] = ordered
  }
  return copy ?? items
}

/** Keys first, so that nothing is read or copied twice; of those that are in order nothing is copied before a member that has to be. */
const membersInOrder = (members: Members): unknown => {
  const keys = Object.keys(members)
  const isSorted = areSorted(keys)
  if (isSorted === unorderable) return unorderable
  let copy: Record<string, unknown> | undefined = isSorted ? undefined : {}
  for (const key of isSorted ? keys : keys.sort()) {
    pause()
    const member = members[key]
    const ordered = inOrder(member)
    if (ordered === unorderable) return unorderable
    if (ordered !== member) copy ??= membersBefore(members, key)
    if (copy !== undefined) copy[key] = ordered
  }
  return copy ?? members
}

const areSorted = (keys: readonly string[]): boolean | typeof unorderable => {
  let before = ''
  let isSorted = true
  for (const key of keys) {
    if (!isOrderable(key)) return unorderable
    if (key < before) isSorted = false
    before = key
  }
  return isSorted
}

const membersBefore = (members: Members, end: string): Record<string, unknown> => {
  const copy: Record<string, unknown> = {}
  for (const key in members) {
    if (key === end) break
    copy[key] = members[key]
  }
  return copy
}

const isOrderable = (key: string): boolean => {
  const first = key.charCodeAt(0)
  return !(first >= 48 && first <= 57) && key !== '__proto__'
}

const written = (value: unknown): string => {
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(written).join(',')}]`
  const members = value as Members
  const texts = Object.keys(members)
    .filter((key) => members[key] !== undefined)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${written(members[key])}`)
  return `{${texts.join(',')}}`
}
