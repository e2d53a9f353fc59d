import type { DocumentFault } from './document-fault.js'
import { pathOf, type Path } from './parsing/pointer-trie.js'

interface SchemaError {
  readonly keyword: string
  readonly schemaPath: string
  readonly instancePath: string
  readonly message: string
  readonly params: object
}

interface ErrorParameters {
  readonly type?: string
  readonly additionalProperties?: readonly string[]
  readonly allowedValues?: readonly unknown[]
  readonly allowedValue?: string | number | boolean
  readonly requiredProperties?: readonly string[]
}

/** What is wrong at one place. */
interface Place {
  readonly path: Path
  /** Alternatives: any of them would be right. */
  readonly demands: string[]
  readonly isOfWrongType: boolean
}

const typeNames: Readonly<Record<string, string>> = {
  string: 'text',
  array: 'a list',
  object: 'an object',
  boolean: '`true` or `false`',
  integer: 'a whole number',
  number: 'a number',
  null: 'absent',
}

const listed = (names: readonly unknown[]): string => names.map((name) => `\`${String(name)}\``).join(', ')

/** What the schema wants; of what the document says only whether it is of another type, and which. */
const demandOf = (message: string, { type, allowedValues, allowedValue, requiredProperties }: ErrorParameters): string => {
  if (type !== undefined) return `must be ${typeNames[type] ?? type}`
  if (allowedValues !== undefined) return `must be one of ${listed(allowedValues)}`
  if (allowedValue !== undefined) return `must be \`${String(allowedValue)}\``
  return requiredProperties === undefined ? message : `lacks ${listed(requiredProperties)}`
}

const at = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>((inner, part) => (inner as Readonly<Record<string, unknown>> | undefined | null)?.[String(part)], value)

/** The fields that the schema knows where one was met that it does not. */
const knownFields = (schema: unknown, schemaPath: string): string =>
  listed(Object.keys((at(schema, [...pathOf(schemaPath), 'properties']) as object | undefined) ?? {}))

const nameOf = (path: Path, whole: string): string => {
  const last = path.at(-1)
  if (last === undefined) return whole
  return /^\d+$/.test(String(last)) && path.length > 1 ? `\`${path.at(-2)}[${last}]\`` : `\`${last}\``
}

/** Numbers and texts may be secrets and are not told; a boolean is none, and often a word that YAML takes for one. */
const readAs = (value: unknown, demands: readonly string[]): string => {
  if (value === undefined || value === null) return ''
  const type = Array.isArray(value) ? 'array' : typeof value
  const what = typeof value === 'boolean' ? `the boolean \`${value}\`` : (typeNames[type] ?? type)
  const isQuotable = typeof value === 'boolean' || typeof value === 'number'
  return `, and is read as ${what}${isQuotable && demands.includes('must be text') ? ': quotes make it text' : ''}`
}

/** That it could be another thing altogether helps nobody where something inside of it is wrong. */
const isAlternative = ({ path, demands }: Place, faults: readonly { readonly path: Path }[]): boolean =>
  demands.every((demand) => !demand.startsWith('lacks')) &&
  faults.some((fault) => fault.path.length > path.length && path.every((part, index) => part === fault.path[index]))

/** Schema errors as faults: one for each place, alternatives together, and for unknown fields the field itself; `whole` is what is checked. */
export function schemaFaults(schema: unknown, value: unknown, errors: readonly SchemaError[], whole: string): readonly DocumentFault[] {
  const places = new Map<string, Place>()
  const unknown = new Map<string, DocumentFault>()
  for (const { keyword, schemaPath, instancePath, message, params } of errors) {
    const parameters = params as ErrorParameters
    const path = pathOf(instancePath)
    for (const field of parameters.additionalProperties ?? []) {
      const detail = `there is no such field here; there are ${knownFields(schema, schemaPath)}`
      unknown.set(`${instancePath}/${field}`, { code: 'SCHEMA', detail, path: [...path, field] })
    }
    if (keyword === 'anyOf' || keyword === 'boolean' || parameters.additionalProperties !== undefined) continue
    const demand = demandOf(message, parameters)
    const place = places.get(instancePath) ?? { path, demands: [], isOfWrongType: keyword === 'type' }
    if (!place.demands.includes(demand)) place.demands.push(demand)
    places.set(instancePath, place)
  }
  const misfits = [...places.values()]
    .filter((place) => !isAlternative(place, [...unknown.values(), ...places.values()]))
    .map(({ path, demands, isOfWrongType }): DocumentFault => {
      const told = `${nameOf(path, whole)} ${demands.join(', or ')}${isOfWrongType ? readAs(at(value, path), demands) : ''}`
      return { code: 'SCHEMA', detail: told, path }
    })
  return [...unknown.values(), ...misfits]
}
