import { pause } from '../pause.js'
import type { Schema } from './schema.js'
import { isRecord } from './record.js'

/** Does any part of the value have rules in CEL that would have to be run? */
export const asksRules = (schema: Schema, value: unknown): boolean => {
  if (!schema.ruled || value === null || value === undefined) return false
  if (schema.rules.length > 0) return true
  pause()
  const { items, fields, values } = schema
  if (Array.isArray(value)) return items !== undefined && value.some((item) => asksRules(items, item))
  if (!isRecord(value)) return false
  return Object.keys(value).some((name) => {
    const below = fields?.get(name)?.schema ?? values
    return below !== undefined && asksRules(below, value[name])
  })
}
