import { RE2JS } from 're2js'
import { ipFamily } from '../istiod/matching/ip-family.js'
import { remembered } from '../remembered.js'
import type { Schema } from './schema.js'
import { isRecord } from './record.js'

/** What is outside of the bounds that the schema sets, to be read after the path. */
export const checkBounds = (schema: Schema, value: unknown): string | undefined => {
  if (typeof value === 'string') return ofText(schema, value)
  if (typeof value === 'number') return ofNumber(schema, value)
  if (Array.isArray(value)) return ofCount(schema, value.length, 'items')
  return isRecord(value) && (schema.fewest ?? schema.most) !== undefined ? ofCount(schema, Object.keys(value).length, 'fields') : undefined
}

const ofCount = ({ fewest, most }: Schema, count: number, what: string): string | undefined => {
  if (fewest !== undefined && count < fewest) return `has ${count} ${what} and needs at least ${fewest}`
  return most !== undefined && count > most ? `has ${count} ${what} and may have at most ${most}` : undefined
}

const ofNumber = ({ minimum, maximum, format }: Schema, value: number): string | undefined => {
  const least = minimum ?? (format === 'int32' ? -(2 ** 31) : undefined)
  const most = maximum ?? (format === 'int32' ? 2 ** 31 - 1 : undefined)
  if (least !== undefined && value < least) return `is ${value} and has to be at least ${least}`
  return most !== undefined && value > most ? `is ${value} and may be at most ${most}` : undefined
}

const ofText = (schema: Schema, value: string): string | undefined => {
  const { fewest, most, pattern, format } = schema
  // Characters count, not their halves; a text is rarely near its limit.
  if (fewest !== undefined && value.length < fewest)
    return value === '' ? 'must not be empty' : `is \`${value}\` and needs at least ${fewest} characters`
  if (most !== undefined && value.length > most && [...value].length > most)
    return `has ${[...value].length} characters and may have at most ${most}`
  if (pattern !== undefined && !matcher(schema)(value)) return `is \`${value.slice(0, 100)}\` and has to match \`${pattern}\``
  const formed = format === undefined ? undefined : formats[format]
  return formed === undefined || formed.test(value) ? undefined : `is \`${value.slice(0, 100)}\` and has to be ${formed.name}`
}

/** Patterns are those of RE2, which cannot be made to run for long. */
const matcher = remembered(({ pattern = '' }: Schema): ((value: string) => boolean) => {
  const compiled = RE2JS.compile(pattern)
  return (value) => compiled.matcher(value).find()
})

const formats: Readonly<Record<string, { readonly name: string; readonly test: (value: string) => boolean }>> = {
  ipv4: { name: 'an IPv4 address', test: (value) => ipFamily(value) === 4 },
  ipv6: { name: 'an IPv6 address', test: (value) => ipFamily(value) === 6 },
}
