import { pause } from '../pause.js'
import { dottedPath } from '../manifests/parsing/pointer-trie.js'
import { checkBounds } from './bounds.js'
import type { Fault, FaultKind, Step } from './fault.js'
import { faultOfJunctors } from './junctors.js'
import { faultOfRepetition } from './repetition.js'
import type { Schema } from './schema.js'
import { hasType, typeName } from './has-type.js'
import { isRecord, type Record } from './record.js'
import { whatWasMeant } from './what-was-meant.js'

/** The way through one object: where it stands, with the schemas on the way there, and what was found. */
interface Walk {
  readonly steps: Step[]
  readonly above: Schema[]
  readonly faults: Fault[]
}

/**
 * Where an object is not as its schema says: unknown fields, types, what is allowed and required, bounds, and lists that repeat a key.
 *
 * As an API server does it: a wrong type ends the way down, and a field that is null is dropped before anything is looked at.
 */
export const checkObject = (schema: Schema, object: unknown): readonly Fault[] => {
  const walk: Walk = { steps: [], above: [], faults: [] }
  check(walk, schema, object)
  return walk.faults
}

/** So many faults of one object are told: an object that has more is another thing altogether. */
const mostFaults = 100

const tell = ({ faults, steps }: Walk, kind: FaultKind, says: string, more: readonly Step[] = []): void => {
  if (faults.length < mostFaults) faults.push({ kind, path: dottedPath([...steps, ...more]), says })
}

const check = (walk: Walk, schema: Schema, value: unknown): void => {
  pause()
  if (value === null && (schema.nullable || schema.fallback !== undefined)) return
  const wrong = wrongType(schema, value) ?? notAllowed(schema, value)
  if (wrong !== undefined) return tell(walk, wrong.kind, wrong.says)
  const outside = checkBounds(schema, value)
  if (outside !== undefined) tell(walk, 'OUT_OF_RANGE', outside)
  const broken = schema.junctors && faultOfJunctors(schema.junctors, withDefaults(schema, value))
  if (broken !== undefined) tell(walk, broken.kind, broken.says)
  walk.above.push(schema)
  if (Array.isArray(value)) checkItems(walk, schema, value)
  else if (isRecord(value)) checkFields(walk, schema, value)
  walk.above.pop()
}

const wrongType = (schema: Schema, value: unknown): Pick<Fault, 'kind' | 'says'> | undefined =>
  schema.type === undefined || hasType(schema.type, value)
    ? undefined
    : { kind: 'WRONG_TYPE', says: `is ${typeName(value)} and has to be ${typeNames[schema.type]}` }

const notAllowed = ({ allowed }: Schema, value: unknown): Pick<Fault, 'kind' | 'says'> | undefined => {
  if (allowed === undefined || allowed.includes(value)) return undefined
  const list = allowed.map((each) => `\`${String(each)}\``).join(', ')
  return { kind: 'NOT_ALLOWED', says: `is \`${shown(value)}\` and has to be one of ${list}` }
}

const checkItems = (walk: Walk, schema: Schema, items: readonly unknown[]): void => {
  const { items: each } = schema
  if (each === undefined) return
  for (let at = 0; at < items.length; at += 1) {
    walk.steps.push(at)
    check(walk, each, items[at])
    walk.steps.pop()
  }
  if (schema.keys === undefined && !schema.distinct) return
  const repeated = faultOfRepetition(schema, items)
  if (repeated !== undefined) tell(walk, 'REPEATED', repeated.says, [repeated.at])
}

const checkFields = (walk: Walk, schema: Schema, value: Record): void => {
  for (const name in value) checkField(walk, schema, name, value[name])
  for (const name of schema.required) {
    if (isGiven(value[name], schema.fields?.get(name)?.schema)) continue
    tell(walk, 'MISSING', `needs \`${name}\``)
  }
}

const checkField = (walk: Walk, schema: Schema, name: string, value: unknown): void => {
  const field = schema.fields?.get(name)
  const below = field?.schema ?? schema.values
  if (field?.since !== undefined) tellNewer(walk, name, field.since)
  if (below === undefined) {
    if (schema.type === 'o' && !schema.open) tellUnknown(walk, name)
    return
  }
  if (value === null) return
  walk.steps.push(name)
  check(walk, below, value)
  walk.steps.pop()
}

/** A field that is null is one that is not given, unless it may be null. */
const isGiven = (value: unknown, schema: Schema | undefined): boolean =>
  value === null ? schema?.nullable === true || schema?.fallback !== undefined : value !== undefined || schema?.fallback !== undefined

/** The object as its alternatives are asked of it: fields that are not given have their defaults. */
const withDefaults = ({ fields }: Schema, value: unknown): unknown => {
  if (fields === undefined || !isRecord(value)) return value
  const absent = [...fields].filter(([name, { schema }]) => schema.fallback !== undefined && value[name] === undefined)
  return absent.length === 0 ? value : { ...Object.fromEntries(absent.map(([name, { schema }]) => [name, schema.fallback])), ...value }
}

const tellUnknown = ({ steps, above, faults }: Walk, name: string): void => {
  if (faults.length >= mostFaults) return
  const meant = whatWasMeant(steps, above, name)
  faults.push({ kind: 'UNKNOWN_FIELD', path: dottedPath([...steps, name]), says: '', ...(meant && { meant }) })
}

const tellNewer = ({ steps, faults }: Walk, name: string, since: number): void => {
  if (faults.length < mostFaults) faults.push({ kind: 'NEWER_FIELD', path: dottedPath([...steps, name]), says: '', since })
}

const shown = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value)).slice(0, 100)

const typeNames = {
  o: 'an object',
  a: 'a list',
  s: 'text',
  i: 'a whole number',
  n: 'a number',
  b: '`true` or `false`',
  x: 'a whole number or text',
  q: 'a number or text',
} as const
