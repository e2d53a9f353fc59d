import type { TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import { AppError, type Fault } from '#engine/model/app-error'
import { FindingFilter } from '#engine/model/report'
import { SubjectInput } from '#engine/model/groups/subject-input'
import { DestinationInput, IdentityInput, SourceInput } from '#engine/model/question'

/**
 * Bounds that GraphQL's types cannot state (lengths, port numbers), from the same schemas that REST bodies are checked by: a
 * question outside them is PARAMETER_INVALID, as it is there.
 */
const boundsFor = (schema: TSchema) => {
  const validator = Compile(schema)
  return (argument: string, value: unknown): void => {
    if (validator.Check(value)) return
    const faults = validator.Errors(value).map(
      ({ instancePath, message }): Fault => ({
        code: 'FIELD_INVALID',
        detail: message,
        pointer: `#/${argument}${instancePath}`,
      }),
    )
    // The innermost place says most; the others are the choices around it that did not fit either.
    const first = faults.reduce((a, b) => ((b.pointer ?? '').length > (a.pointer ?? '').length ? b : a))
    throw new AppError('PARAMETER_INVALID', `\`${argument}\` is not valid: \`${first.pointer}\` ${first.detail}`, { errors: [first] })
  }
}

export const checkSource = boundsFor(SourceInput)
export const checkDestination = boundsFor(DestinationInput)
export const checkIdentity = boundsFor(IdentityInput)
export const checkSubject = boundsFor(SubjectInput)
export const checkFindingFilter = boundsFor(FindingFilter)
