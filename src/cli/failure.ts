import { sayCause } from '#collector/say-cause'
import { AppError, type ErrorCode, type ErrorDetails } from '#engine/model/app-error'

/** What the exit code says, in every format alike; `verdict` is any verdict but the good ones, and nothing else. */
export const exitCodes = { fine: 0, verdict: 1, input: 2, unreachable: 3, forbidden: 4, conflict: 5, internal: 70 } as const

/** A command that cannot go on, with the exit code that says so. */
export interface Failure extends Error {
  readonly exitCode: number
  readonly details: ErrorDetails
}

export const failure = (exit: keyof typeof exitCodes, message: string, details: ErrorDetails = {}): Failure =>
  Object.assign(new Error(message), { exitCode: exitCodes[exit], details })

const conflicts: readonly ErrorCode[] = ['PRECONDITION_FAILED', 'IDEMPOTENCY_IN_PROGRESS', 'IDEMPOTENCY_KEY_REUSED']

/** Whatever was thrown, as a failure; undefined for what is nobody's fault but the program's. */
export function failureOf(error: unknown): Failure | undefined {
  if (!(error instanceof Error)) return undefined
  if ('exitCode' in error) return error as Failure
  if (error instanceof AppError) {
    if (error.code === 'INTERNAL') return undefined
    if (error.code === 'ASSERTION_FAILED') return failure('verdict', error.message, error.details)
    return failure(conflicts.includes(error.code) ? 'conflict' : 'input', error.message, error.details)
  }
  return fileFailure(error)
}

/** A file that the operating system does not give away. */
function fileFailure(error: NodeJS.ErrnoException): Failure | undefined {
  if (error.path === undefined || error.code === undefined) return undefined
  return failure('input', `\`${error.path}\` cannot be read: ${sayCause(error)}`)
}
