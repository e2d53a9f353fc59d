import { checkBounds } from './bounds.js'
import type { FaultKind } from './fault.js'
import type { Junctors, Schema } from './schema.js'
import { isRecord, type Record } from './record.js'

/** How a schema's alternatives are broken. */
type Broken = { readonly kind: FaultKind; readonly says: string }

/** What is broken of the alternatives that a schema gives: of almost all, how many of some fields are set. */
export const faultOfJunctors = (junctors: Junctors, value: unknown): Broken | undefined => {
  const { one, any, all = [], not } = junctors
  if (one !== undefined && one.filter((each) => holds(each, value)).length !== 1) return told(one, value)
  if (any?.some((each) => holds(each, value)) === false) return told(any, value)
  const failing = all.find((each) => !holds(each, value))
  if (failing !== undefined) return (failing.junctors && faultOfJunctors(failing.junctors, value)) ?? told([failing], value)
  return not !== undefined && holds(not, value) ? told(alternativesOf(junctors), value) : undefined
}

/** Is nothing of them broken? */
const meets = ({ one, any, all, not }: Junctors, value: unknown): boolean =>
  (one === undefined || one.filter((each) => holds(each, value)).length === 1) &&
  (any === undefined || any.some((each) => holds(each, value))) &&
  (all === undefined || all.every((each) => holds(each, value))) &&
  (not === undefined || !holds(not, value))

/** Does the value do what an alternative asks? Types and unknown fields are the business of the schema around it. */
const holds = (schema: Schema, value: unknown): boolean => {
  if (schema.allowed !== undefined && !schema.allowed.includes(value)) return false
  if (checkBounds(schema, value) !== undefined) return false
  if (schema.junctors !== undefined && !meets(schema.junctors, value)) return false
  const { items } = schema
  if (Array.isArray(value)) return items === undefined || value.every((item) => holds(items, item))
  return !isRecord(value) || holdsOfFields(schema, value)
}

const holdsOfFields = (schema: Schema, value: Record): boolean => {
  if (schema.required.some((name) => isAbsent(value[name]))) return false
  if (schema.fields === undefined) return true
  for (const [name, { schema: below }] of schema.fields) if (!isAbsent(value[name]) && !holds(below, value[name])) return false
  return true
}

const told = (alternatives: readonly Schema[], value: unknown): Broken => {
  const names = [...new Set(alternatives.flatMap(fieldsAsked))]
  if (names.length === 0 || !isRecord(value))
    return { kind: 'OUT_OF_RANGE', says: `is \`${shown(value)}\`, which has none of the forms that are allowed` }
  const given = names.filter((name) => !isAbsent(value[name]))
  const quoted = (list: readonly string[]): string => list.map((name) => `\`${name}\``).join(', ')
  if (given.length > 1) return { kind: 'RULE_BROKEN', says: `sets ${quoted(given)}, of which there may be only one` }
  return { kind: 'MISSING', says: `needs one of ${quoted(names)}` }
}

/** Fields that an alternative asks for, or asks not to be there. */
const fieldsAsked = ({ required, junctors }: Schema): readonly string[] =>
  junctors === undefined ? required : [...required, ...alternativesOf(junctors).flatMap(fieldsAsked)]

const alternativesOf = ({ one = [], any = [], all = [], not }: Junctors): readonly Schema[] => [
  ...one,
  ...any,
  ...all,
  ...(not === undefined ? [] : [not]),
]

const shown = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value)).slice(0, 100)

const isAbsent = (value: unknown): boolean => value === undefined || value === null
