import type { Static, TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import { failure } from './failure.js'
import { nearest } from './nearest.js'

/** A part of a question that was written as the JSON that REST takes, or put together from flags, checked by the same schema. */
export function readShape<T extends TSchema>(flag: string, schema: T, value: unknown): Static<T> {
  const validator = Compile(schema)
  if (validator.Check(value)) return value
  const errors = [...validator.Errors(value)]
  const unknown = errors.find(({ keyword }) => keyword === 'additionalProperties')
  if (unknown !== undefined) throw failure('input', `\`${flag}\`${unknownField(schema, unknown)}`)
  const [first] = errors.toSorted((a, b) => b.instancePath.length - a.instancePath.length)
  const place = first?.instancePath.slice(1).replaceAll('/', '.') ?? ''
  throw failure(
    'input',
    `\`${flag}\`${place === '' ? '' : ` has a \`${place}\` that`} is not valid: ${first?.message ?? 'it has another shape'}`,
  )
}

interface Unknown {
  readonly schemaPath: string
  readonly instancePath: string
  readonly params: object
}

/** That a field is unknown, and the one that was probably meant, or all that there are. */
function unknownField(schema: TSchema, { schemaPath, instancePath, params }: Unknown): string {
  const [field = ''] = (params as { readonly additionalProperties?: readonly string[] }).additionalProperties ?? []
  const around = partsOf(schemaPath).reduce<unknown>((inner, part) => (inner as Readonly<Record<string, unknown>>)[part], schema)
  const known = Object.keys((around as { readonly properties: object }).properties)
  const near = nearest(field, known)
  const place = partsOf(instancePath).join('.')
  const meant = near === undefined ? `it has ${known.map((name) => `\`${name}\``).join(', ')}` : `did you mean \`${near}\`?`
  return `${place === '' ? ' has' : `: \`${place}\` has`} no field \`${field}\`; ${meant}`
}

const partsOf = (pointer: string): readonly string[] => pointer.split('/').slice(1)

/** The value of a flag that starts with a brace. */
export function readJson(flag: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw failure('input', `\`${flag}\` starts with a brace and is not JSON`)
  }
}
