import { isRecord } from '../record.js'

/** Is a value of JSON written in about so many characters? It is looked at no further than that. */
export const isSmall = (value: unknown, characters: number): boolean => roomAfter(value, characters) >= 0

/** Characters that are left when a value was written, below zero where it does not fit. */
const roomAfter = (value: unknown, room: number): number => {
  if (typeof value === 'string') return room - value.length
  if (Array.isArray(value)) return roomAfterAll(value, room)
  if (!isRecord(value)) return room - 5
  let left = room
  for (const name in value) {
    left = roomAfter(value[name], left - name.length - 1)
    if (left < 0) break
  }
  return left
}

const roomAfterAll = (items: readonly unknown[], room: number): number => {
  let left = room
  for (let at = 0; at < items.length && left >= 0; at += 1) left = roomAfter(items[at], left - 1)
  return left
}
