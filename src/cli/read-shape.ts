import type { Static, TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import { failure } from './failure.js'

/** A part of a question that was written as the JSON that REST takes, or put together from flags, checked by the same schema. */
export function readShape<T extends TSchema>(flag: string, schema: T, value: unknown): Static<T> {
  const validator = Compile(schema)
  if (validator.Check(value)) return value
  const [first] = [...validator.Errors(value)].toSorted((a, b) => b.instancePath.length - a.instancePath.length)
  const place = first?.instancePath.slice(1).replaceAll('/', '.') ?? ''
  throw failure(
    'input',
    `\`${flag}\`${place === '' ? '' : ` has a \`${place}\` that`} is not valid: ${first?.message ?? 'it has another shape'}`,
  )
}

/** The value of a flag that starts with a brace. */
export function readJson(flag: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw failure('input', `\`${flag}\` starts with a brace and is not JSON`)
  }
}
