/**
 * The one vocabulary of failures, shared by REST (`application/problem+json`), GraphQL (`extensions.code`) and the command line.
 * A verdict is never an error; an error means that an operation could not go on.
 */
export const errors = {
  PARAMETER_INVALID: { status: 400, title: 'a parameter or the request body is malformed' },
  REQUEST_MALFORMED: { status: 400, title: 'the request is not one that can be read' },
  BODY_NOT_UTF8: { status: 400, title: 'the body is not valid UTF-8' },
  CURSOR_INVALID: { status: 400, title: 'the cursor is not one this service gave out' },
  UNAUTHENTICATED: { status: 401, title: 'who asks is not known: a valid token is needed' },
  FORBIDDEN: { status: 403, title: 'the token does not allow this' },
  NOT_FOUND: { status: 404, title: 'there is nothing at this address' },
  TOPOLOGY_NOT_FOUND: { status: 404, title: 'there is no topology of this name' },
  VERSION_NOT_FOUND: { status: 404, title: 'the topology has no such version' },
  CLUSTER_NOT_FOUND: { status: 404, title: 'the version has no cluster of this name' },
  TOKEN_NOT_FOUND: { status: 404, title: 'there is no token of this id' },
  METHOD_NOT_ALLOWED: { status: 405, title: 'the method is not allowed here' },
  NOT_ACCEPTABLE: { status: 406, title: 'none of the accepted media types can be produced' },
  REQUEST_TIMEOUT: { status: 408, title: 'the request did not arrive in time' },
  IDEMPOTENCY_IN_PROGRESS: { status: 409, title: 'a request with this idempotency key is still running' },
  CANCELLED: { status: 409, title: 'the work was cancelled' },
  STORE_NOT_EMPTY: { status: 409, title: 'the store holds topologies already' },
  VERSION_PRUNED: { status: 410, title: 'the version was pruned' },
  PRECONDITION_FAILED: { status: 412, title: 'the topology has moved on from the expected version' },
  BODY_TOO_LARGE: { status: 413, title: 'the body is larger than the limit' },
  MEDIA_TYPE_UNSUPPORTED: { status: 415, title: 'the media type of the body is not supported here' },
  EXPECTATION_FAILED: { status: 417, title: 'the expectation of the request is not met here' },
  HOST_NOT_ALLOWED: { status: 421, title: 'the service is not called by this name' },
  DOCUMENT_INVALID: { status: 422, title: 'the topology document is not valid' },
  DUPLICATE_OBJECT: { status: 422, title: 'two different objects have the same cluster, kind, namespace and name' },
  SOURCE_INVALID: { status: 422, title: 'the source of the question is not stated completely' },
  SOURCE_NOT_FOUND: { status: 422, title: 'the source of the question does not exist in this version' },
  IDENTITY_NOT_FOUND: { status: 422, title: 'the identity of the question cannot be placed in this version' },
  IDEMPOTENCY_KEY_REUSED: { status: 422, title: 'the idempotency key was used for another request' },
  REPORT_FAILED: { status: 422, title: 'the report says FAIL' },
  COMPATIBILITY_UNSUPPORTED: { status: 422, title: 'this compatibility cannot be held yet' },
  ASSERTION_FAILED: { status: 422, title: 'an assertion of the document does not hold' },
  BACKUP_INVALID: { status: 422, title: 'the backup is damaged, or none' },
  TOO_COMPLEX: { status: 422, title: 'the question needs more work than one request may take' },
  ANSWER_TOO_LARGE: { status: 422, title: 'the answer is larger than one that is given at once' },
  HEADERS_TOO_LARGE: { status: 431, title: 'the header of the request is larger than the limit' },
  RATE_LIMITED: { status: 429, title: 'the token has sent as many requests as it may in this minute' },
  INTERNAL: { status: 500, title: 'an unexpected error; the log has the details' },
  OVERLOADED: { status: 503, title: 'the service is busy; try again' },
  SETTING_UNUSABLE: { status: 503, title: 'a setting cannot be used as it is' },
  ISSUER_UNAVAILABLE: { status: 503, title: 'the issuer of tokens does not answer; try again' },
  STORE_HELD: { status: 503, title: 'another process uses the data directory' },
  STORE_UNUSABLE: { status: 503, title: 'the database cannot be used as it is' },
  STORE_UNAVAILABLE: { status: 503, title: 'the store does not answer; try again' },
  STORAGE_FULL: { status: 507, title: 'there is not enough free space to store this' },
} as const

export type ErrorCode = keyof typeof errors

/** One fault inside a request: where it is, in the document (`pointer`, RFC 6901 with `#`) and in the text (`source`). */
export interface Fault {
  readonly code: string
  readonly detail: string
  readonly pointer?: string
  readonly parameter?: string
  readonly source?: { readonly file: string | null; readonly line: number | null; readonly column?: number | null }
}

export interface ErrorDetails {
  readonly errors?: readonly Fault[]
  readonly suggestions?: readonly string[]
  readonly currentVersion?: number
  /** Seconds after which it may be tried again. */
  readonly retryAfter?: number
}

/** The only exception users can see; `message` says what happened in this case. */
export class AppError extends Error {
  readonly code: ErrorCode
  readonly details: ErrorDetails
  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message)
    this.name = 'AppError'
    this.code = code
    this.details = details
  }
}

/** The same failure as plain data, for crossing threads and for batch answers. */
export interface Problem {
  readonly code: ErrorCode
  readonly message: string
  readonly details: ErrorDetails
}

export const problemOf = (error: AppError): Problem => ({ code: error.code, message: error.message, details: error.details })
export const errorOf = (problem: Problem): AppError => new AppError(problem.code, problem.message, problem.details)

/** Did a question turn out to be one that cannot be asked? */
export const isProblem = <T extends object>(result: T | { readonly problem: Problem }): result is { readonly problem: Problem } =>
  'problem' in result
