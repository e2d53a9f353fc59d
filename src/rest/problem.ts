import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import Type, { type Static } from 'typebox'
import { AppError, type ErrorCode, errors, type Fault, type Problem } from '#engine/model/app-error'

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
    detail: message,
    code,
    ...(requestId === undefined ? {} : { requestId }),
    ...(faults.length === 0 ? {} : { errors: faults.slice(0, mostFaults).map(plainFault) }),
    ...(faults.length > mostFaults ? { errorsTruncated: true } : {}),
    ...(details.suggestions === undefined ? {} : { suggestions: [...details.suggestions] }),
    ...(details.currentVersion === undefined ? {} : { currentVersion: details.currentVersion }),
  }
}

const plainFault = ({ code, detail, pointer, parameter, source }: Fault): Static<typeof ProblemFault> => ({
  code,
  detail,
  ...(pointer === undefined ? {} : { pointer }),
  ...(parameter === undefined ? {} : { parameter }),
  ...(source === undefined ? {} : { source }),
})

/** What Fastify itself refuses, in our words. */
const byStatus: Readonly<Record<number, ErrorCode>> = {
  400: 'PARAMETER_INVALID',
  404: 'NOT_FOUND',
  405: 'METHOD_NOT_ALLOWED',
  406: 'NOT_ACCEPTABLE',
  408: 'PARAMETER_INVALID',
  413: 'BODY_TOO_LARGE',
  415: 'MEDIA_TYPE_UNSUPPORTED',
  429: 'OVERLOADED',
  503: 'OVERLOADED',
}

function validationFaults(error: FastifyError): readonly Fault[] {
  const inBody = error.validationContext === 'body'
  return (error.validation ?? []).map((issue) => {
    const path = issue.instancePath
    const detail = describeIssue(issue)
    return inBody ? { code: 'FIELD_INVALID', detail, pointer: `#${path}` } : { code: 'FIELD_INVALID', detail, parameter: path.slice(1) }
  })
}

function describeIssue({ message, params }: NonNullable<FastifyError['validation']>[number]): string {
  const extra = (params as { additionalProperties?: readonly string[] }).additionalProperties
  return extra === undefined || extra.length === 0 ? (message ?? 'is not valid') : `there is no field \`${extra.join('`, `')}\` here`
}

function appErrorOf(error: FastifyError | AppError): AppError | undefined {
  if (error instanceof AppError) return error
  if (error.validation !== undefined) {
    const faults = validationFaults(error)
    const [first] = faults
    const place = first?.pointer ?? first?.parameter ?? ''
    return new AppError(
      'PARAMETER_INVALID',
      `the ${error.validationContext ?? 'request'} is not valid: \`${place}\` ${first?.detail ?? ''}`,
      {
        errors: faults,
      },
    )
  }
  const code = byStatus[error.statusCode ?? 500]
  return code === undefined ? undefined : new AppError(code, sentence(error, code))
}

/** Fastify's sentences start with a capital and name its own error codes; a person needs neither. */
const sentence = (error: FastifyError, code: ErrorCode): string =>
  code === 'PARAMETER_INVALID'
    ? `the request cannot be read: ${error.message.charAt(0).toLowerCase()}${error.message.slice(1)}`
    : errors[code].title

function sendProblem(reply: FastifyReply, error: AppError): FastifyReply {
  const { status } = errors[error.code]
  if (status === 503) reply.header('retry-after', '1')
  return reply
    .code(status)
    .header('cache-control', 'no-store')
    .type('application/problem+json; charset=utf-8')
    .send(problemDocument(error, reply.request.id))
}

/** Every failure of the routes of `app` leaves as a problem document; what is not ours to show is logged and called INTERNAL. */
export function setProblemHandlers(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError | AppError, request, reply) => {
    const known = appErrorOf(error)
    if (known === undefined) request.log.error({ err: error }, 'request failed')
    return sendProblem(reply, known ?? new AppError('INTERNAL', errors.INTERNAL.title))
  })
  app.setNotFoundHandler((request, reply) => sendProblem(reply, notFound(app, request, reply)))
}

const methods = ['GET', 'POST', 'PUT', 'DELETE'] as const

function notFound(app: FastifyInstance, request: FastifyRequest, reply: FastifyReply): AppError {
  const path = request.url.split('?')[0] ?? '/'
  const allowed = methods.filter((method) => app.findRoute({ method, url: path }) !== null || matchesRoute(app, method, path))
  if (allowed.length === 0) return new AppError('NOT_FOUND', `there is nothing at \`${path.slice(0, 200)}\``)
  reply.header('allow', allowed.join(', '))
  return new AppError('METHOD_NOT_ALLOWED', `\`${request.method}\` is not allowed here; allowed: ${allowed.join(', ')}`)
}

function matchesRoute(app: FastifyInstance, method: (typeof methods)[number], path: string): boolean {
  const table = routeTables.get(app)
  return table?.get(method)?.some((pattern) => pattern.test(path)) ?? false
}

const routeTables = new WeakMap<FastifyInstance, Map<string, RegExp[]>>()

/** Remembers every route of `app`, so that a known path asked with another method is answered 405, not 404. Call before routes are added. */
export function watchRoutes(app: FastifyInstance): void {
  const table = new Map<string, RegExp[]>()
  routeTables.set(app, table)
  app.addHook('onRoute', ({ method, url }) => {
    const pattern = new RegExp(
      `^${url
        .replaceAll(/[.+()]/g, '\\$&')
        .replaceAll(/:[a-z]+/gi, '[^/]+')
        .replaceAll('*', '.*')}$`,
    )
    for (const one of [method].flat()) table.set(one, [...(table.get(one) ?? []), pattern])
  })
}
