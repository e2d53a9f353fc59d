import { GraphQLError } from 'graphql'
import { AppError } from '#engine/model/app-error'

/** An error as clients see it: known failures with REST's code, anything else without its details. */
export function publicError(error: GraphQLError, log: (cause: unknown) => void): Record<string, unknown> {
  const cause = rootCause(error)
  const place = {
    ...(error.locations === undefined ? {} : { locations: error.locations }),
    ...(error.path === undefined ? {} : { path: error.path }),
  }
  if (cause instanceof AppError) {
    const { errors, suggestions, currentVersion } = cause.details
    const details = { ...(errors && { errors }), ...(suggestions && { suggestions }), ...(currentVersion && { currentVersion }) }
    return { message: cause.message, ...place, extensions: { code: cause.code, ...details } }
  }
  if (cause === undefined) return { message: error.message, ...place, extensions: { code: 'GRAPHQL_INVALID', ...error.extensions } }
  log(cause)
  return { message: 'internal error', ...place, extensions: { code: 'INTERNAL' } }
}

/** What a resolver threw; undefined for an error of the request itself. */
function rootCause(error: GraphQLError): unknown {
  let cause: unknown = error.originalError
  while (cause instanceof GraphQLError && cause.originalError !== undefined) cause = cause.originalError
  return cause instanceof GraphQLError ? undefined : cause
}
