import { type DocumentNode, GraphQLError } from 'graphql'
import { AppError, type ErrorCode, errors, type Fault } from '#engine/model/app-error'
import { shortText } from '#engine/model/short-text'
import { pointsToArgument } from './points-to-argument.js'
import { hasTooManyTokens } from './refuse-too-much.js'

export interface PublicError {
  readonly message: string
  readonly locations?: unknown
  readonly path?: unknown
  readonly extensions: { readonly code: ErrorCode } & Readonly<Record<string, unknown>>
}

/** An error as clients see it: known failures with REST's code, anything else without its details. `document`: what was run, if anything was. */
export function publicError(error: GraphQLError, document: DocumentNode | undefined, log: (cause: unknown) => void): PublicError {
  const { locations, path } = error
  const place = { ...(locations === undefined ? {} : { locations }), ...(path === undefined ? {} : { path }) }
  const known = appErrorOf(error, document)
  if (known === undefined) {
    log(rootCause(error))
    return { message: 'internal error', ...place, extensions: { code: 'INTERNAL' } }
  }
  const { errors: faults, suggestions, currentVersion } = known.details
  const details = {
    ...(faults && { errors: faults.map(shortFault) }),
    ...(suggestions && { suggestions: suggestions.map(shortText) }),
    ...(currentVersion && { currentVersion }),
  }
  return { message: shortText(known.message), ...place, extensions: { code: known.code, ...details } }
}

const shortFault = (fault: Fault): Fault => ({
  ...fault,
  detail: shortText(fault.detail),
  ...(fault.pointer === undefined ? {} : { pointer: shortText(fault.pointer) }),
})

/** The failure that an error tells of, in the one vocabulary; undefined for what clients may not see. */
function appErrorOf(error: GraphQLError, document: DocumentNode | undefined): AppError | undefined {
  const cause = rootCause(error)
  if (cause instanceof AppError) return cause
  if (!(cause instanceof GraphQLError)) return cause instanceof Error ? refusedByServer(cause) : undefined
  // Compiled queries make errors without extensions.
  const { extensions } = cause as { readonly extensions?: { readonly code?: unknown } }
  if (extensions?.code === 'TOO_COMPLEX' || hasTooManyTokens(cause)) return new AppError('TOO_COMPLEX', error.message)
  // Before a field is come to, all errors are about the request; then, only those that point to what it says.
  const isOurs = error.path !== undefined && (document === undefined || !pointsToArgument(document, error.locations))
  return isOurs ? undefined : new AppError('PARAMETER_INVALID', error.message)
}

/** What Fastify or Mercurius refused, by its status. */
function refusedByServer(cause: Error & { readonly statusCode?: number }): AppError | undefined {
  const { statusCode = 500 } = cause
  if (statusCode < 400 || statusCode >= 500) return undefined
  const code = codes.find((one) => errors[one].status === statusCode) ?? 'PARAMETER_INVALID'
  return new AppError(code, code === 'PARAMETER_INVALID' ? cause.message : errors[code].title)
}

const codes = Object.keys(errors) as ErrorCode[]

/** What was thrown first, inside GraphQL's wrappings. */
function rootCause(error: GraphQLError): unknown {
  let cause: Error = error
  while (cause instanceof GraphQLError && cause.originalError) cause = cause.originalError
  return cause
}
