import type { SchemaType } from './schema.js'
import { isRecord } from './record.js'

/** Is the value of the type? Null is of none. */
export const hasType = (type: SchemaType, value: unknown): boolean => {
  switch (type) {
    case 'o':
      return isRecord(value)
    case 'a':
      return Array.isArray(value)
    case 's':
      return typeof value === 'string'
    case 'b':
      return typeof value === 'boolean'
    case 'i':
      return Number.isInteger(value)
    case 'n':
      return typeof value === 'number'
    case 'x':
      return typeof value === 'string' || Number.isInteger(value)
    case 'q':
      return typeof value === 'string' || typeof value === 'number'
  }
}

/** What a value is, in a sentence; texts and numbers are shown, since quotes are what is often wrong. */
export const typeName = (value: unknown): string => {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'string') return `the text \`${value.slice(0, 60)}\``
  if (typeof value === 'number') return `the number \`${value}\``
  if (typeof value === 'boolean') return `\`${value}\``
  return 'an object'
}
