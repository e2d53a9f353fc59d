import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { AppError, type ErrorCode, errors } from '#engine/model/app-error'
import { faultsOf } from './faults.js'
import { problemDocument } from './problem-document.js'
import { unknownAddress } from './unknown-address.js'

/** What Fastify itself refuses, in our words. */
const byStatus: Readonly<Record<number, ErrorCode>> = {
  400: 'PARAMETER_INVALID',
  403: 'NOT_FOUND', // of files: what is not given away is not there
  404: 'NOT_FOUND',
  405: 'METHOD_NOT_ALLOWED',
  406: 'NOT_ACCEPTABLE',
  408: 'REQUEST_TIMEOUT',
  413: 'BODY_TOO_LARGE',
  414: 'PARAMETER_INVALID',
  415: 'MEDIA_TYPE_UNSUPPORTED',
  429: 'RATE_LIMITED',
  503: 'OVERLOADED',
}

const partNames: Readonly<Record<string, string>> = { params: 'address', querystring: 'query', headers: 'headers', body: 'body' }

function appErrorOf(error: FastifyError | AppError, request: FastifyRequest): AppError | undefined {
  if (error instanceof AppError) return error
  if (error.validation !== undefined) return invalidRequest(error, request)
  const code = byStatus[error.statusCode ?? 500]
  return code === undefined ? undefined : new AppError(code, sentence(error, code, request))
}

function invalidRequest(error: FastifyError, { body }: FastifyRequest): AppError {
  if (error.validationContext === 'body' && body === undefined) {
    const detail = 'the body is empty'
    return new AppError('PARAMETER_INVALID', detail, { errors: [{ code: 'FIELD_INVALID', detail, pointer: '#' }] })
  }
  const faults = faultsOf(error)
  const part = partNames[error.validationContext ?? ''] ?? 'request'
  const [first] = faults
  const place = first?.pointer ?? first?.parameter ?? ''
  return new AppError('PARAMETER_INVALID', `the ${part} is not valid: \`${place}\`: ${first?.detail ?? ''}`, { errors: faults })
}

/** Fastify's sentences start with a capital and name its own error codes; a person needs neither. */
function sentence(error: FastifyError, code: ErrorCode, { routeOptions, headers }: FastifyRequest): string {
  if (code === 'PARAMETER_INVALID') {
    return `the request cannot be read: ${error.message.charAt(0).toLowerCase()}${error.message.slice(1)}`
  }
  if (code === 'BODY_TOO_LARGE') return `the body is larger than the ${routeOptions.bodyLimit ?? 0} bytes that are taken here`
  if (code === 'MEDIA_TYPE_UNSUPPORTED') return `a body ${typeOf(headers)} is not taken here`
  return errors[code].title
}

const typeOf = ({ 'content-type': type }: FastifyRequest['headers']): string =>
  type === undefined ? 'without a type' : `of type \`${type.slice(0, 100)}\``

/** Answers with a problem document. */
export function sendProblem(reply: FastifyReply, error: AppError): FastifyReply {
  const { status } = errors[error.code]
  if (status === 503) reply.header('retry-after', String(error.details.retryAfter ?? 1))
  return reply
    .code(status)
    .header('cache-control', 'no-store')
    .type('application/problem+json; charset=utf-8')
    .send(problemDocument(error, reply.request.id))
}

/** The answer to a request that failed; what is not ours to show is logged and called INTERNAL. */
export function answerFailure(error: FastifyError | AppError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const known = appErrorOf(error, request)
  if (known === undefined) request.log.error({ err: error }, 'request failed')
  return sendProblem(reply, known ?? new AppError('INTERNAL', errors.INTERNAL.title))
}

/** Every failure of the routes of `app` leaves as a problem document. */
export function setProblemHandlers(app: FastifyInstance): void {
  app.setErrorHandler(answerFailure)
  app.setNotFoundHandler((request, reply) => sendProblem(reply, unknownAddress(app, request, reply)))
}
