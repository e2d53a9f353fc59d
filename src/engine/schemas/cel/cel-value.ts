import type { CelInput } from '@bufbuild/cel'
import { remembered } from '../../remembered.js'
import type { Schema } from '../schema.js'
import { isRecord, type Record } from '../record.js'

/**
 * A value as rules in CEL see it: by its schema, with defaults, without unknown fields and nulls, whole numbers as integers.
 *
 * Fields whose names are words of the language go by two names, as API servers of different ages give them.
 */
export const celValue = (schema: Schema, value: unknown): CelInput => {
  if (Array.isArray(value)) return value.map((item) => celValue(schema.items ?? anything, item))
  if (isRecord(value)) return schema.fields === undefined ? ofMap(schema, value) : ofObject(schema, value)
  if (typeof value === 'number') return schema.type !== 'n' && Number.isInteger(value) ? BigInt(value) : value
  return typeof value === 'string' || typeof value === 'boolean' ? value : null
}

/** What a schema says nothing of. */
const anything = { type: undefined, fields: undefined, values: undefined, items: undefined } as Schema

const ofMap = ({ values }: Schema, value: Record): CelInput =>
  new Map(Object.entries(value).map(([key, held]) => [key, celValue(values ?? anything, held)] as const))

const ofObject = (schema: Schema, value: Record): CelInput => {
  const seen = new Map<string, CelInput>()
  for (const { name, below, names } of namedFields(schema)) {
    const held = value[name] ?? below.fallback
    if (held === undefined) continue
    const given = celValue(below, held)
    for (const each of names) seen.set(each, given)
  }
  return seen
}

/** A field with the names that it goes by. */
interface NamedField {
  readonly name: string
  readonly below: Schema
  readonly names: readonly string[]
}

const namedFields = remembered(({ fields = new Map() }: Schema): readonly NamedField[] =>
  [...fields].map(([name, { schema }]) => ({ name, below: schema, names: [...new Set([name, escapedName(name)])] })),
)

const words = new Set(
  'true false null in as break const continue else for function if import let loop package namespace return var void while'.split(' '),
)

const escapedName = (name: string): string => {
  if (words.has(name)) return `__${name}__`
  return name.replaceAll('__', '__underscores__').replaceAll('.', '__dot__').replaceAll('-', '__dash__').replaceAll('/', '__slash__')
}
