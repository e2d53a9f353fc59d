import Type, { type Static } from 'typebox'
import { errors, type Fault, type Problem } from '#engine/model/app-error'
import { shortText } from '#engine/model/short-text'

const mostFaults = 100

export const ProblemFault = Type.Object({
  code: Type.String(),
  detail: Type.String(),
  pointer: Type.Optional(Type.String({ description: 'RFC 6901 pointer into the body, starting with `#`' })),
  parameter: Type.Optional(Type.String()),
  source: Type.Optional(
    Type.Object({
      file: Type.Union([Type.String(), Type.Null()]),
      line: Type.Union([Type.Integer(), Type.Null()]),
      column: Type.Optional(Type.Union([Type.Integer(), Type.Null()])),
    }),
  ),
})

/** RFC 9457 `application/problem+json`, with the code that GraphQL and the command line use as well. */
export const ProblemDocument = Type.Object(
  {
    type: Type.String(),
    title: Type.String(),
    status: Type.Integer(),
    detail: Type.String(),
    code: Type.String(),
    requestId: Type.Optional(Type.String()),
    errors: Type.Optional(Type.Array(ProblemFault)),
    errorsTruncated: Type.Optional(Type.Boolean()),
    suggestions: Type.Optional(Type.Array(Type.String())),
    currentVersion: Type.Optional(Type.Integer()),
  },
  { title: 'Problem', description: 'What went wrong, where, and what to do (RFC 9457)' },
)
export type ProblemDocument = Static<typeof ProblemDocument>

/** A failure as users of REST see it. */
export function problemDocument({ code, message, details }: Problem, requestId?: string): ProblemDocument {
  const { status, title } = errors[code]
  const faults = details.errors ?? []
  return {
    type: `urn:sightline:problem:${code.toLowerCase().replaceAll('_', '-')}`,
    title,
    status,
    detail: shortText(message),
    code,
    ...(requestId === undefined ? {} : { requestId }),
    ...(faults.length === 0 ? {} : { errors: faults.slice(0, mostFaults).map(plainFault) }),
    ...(faults.length > mostFaults ? { errorsTruncated: true } : {}),
    ...(details.suggestions === undefined ? {} : { suggestions: details.suggestions.map(shortText) }),
    ...(details.currentVersion === undefined ? {} : { currentVersion: details.currentVersion }),
  }
}

const plainFault = ({ code, detail, pointer, parameter, source }: Fault): Static<typeof ProblemFault> => ({
  code,
  detail: shortText(detail),
  ...(pointer === undefined ? {} : { pointer: shortText(pointer) }),
  ...(parameter === undefined ? {} : { parameter: shortText(parameter) }),
  ...(source === undefined ? {} : { source }),
})
