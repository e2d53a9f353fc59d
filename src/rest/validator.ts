import type { FastifySchemaCompiler, FastifySchemaValidationError } from 'fastify'
import type Type from 'typebox'
import { Compile } from 'typebox/compile'

type Checked = ReturnType<ReturnType<FastifySchemaCompiler<unknown>>>
type Properties = Readonly<Record<string, { readonly type?: string }>>

/**
 * Checks parts of requests against their schemas. Bodies are taken as they are; in an address everything is text, so that there,
 * and only there, what is spelt exactly like a whole number or a boolean becomes one.
 */
export const compileValidator: FastifySchemaCompiler<unknown> = ({ schema, httpPart }) => {
  const shape = schema as Type.TSchema
  const validator = Compile(shape)
  return (given: unknown): Checked => {
    const value = httpPart === 'body' ? given : readTexts(shape, given)
    if (validator.Check(value)) return { value }
    // Of a choice of shapes, only the one that was meant explains what is wrong.
    const meant = Compile(shapeMeant(shape, value))
    return { error: [...meant.Errors(value)] as unknown as FastifySchemaValidationError[] } as unknown as Checked
  }
}

const propertiesOf = (shape: Type.TSchema): Properties => (shape as { readonly properties?: Properties }).properties ?? {}

function readTexts(shape: Type.TSchema, given: unknown): unknown {
  const properties = propertiesOf(shape)
  return Object.fromEntries(Object.entries(given ?? {}).map(([name, text]) => [name, readText(properties[name]?.type, text)]))
}

function readText(type: string | undefined, text: unknown): unknown {
  if (typeof text !== 'string') return text
  if (type === 'integer' && /^-?\d{1,15}$/.test(text)) return Number(text)
  if (type === 'boolean' && (text === 'true' || text === 'false')) return text === 'true'
  return text
}

/** The alternative that knows most of the value's own fields. */
function shapeMeant(shape: Type.TSchema, value: unknown): Type.TSchema {
  const choices = (shape as { readonly anyOf?: readonly Type.TSchema[] }).anyOf
  if (choices === undefined) return shape
  const known = (choice: Type.TSchema): number => Object.keys(value ?? {}).filter((key) => Object.hasOwn(propertiesOf(choice), key)).length
  return choices.reduce((best, choice) => (known(choice) > known(best) ? choice : best))
}
