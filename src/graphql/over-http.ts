import type { FastifyReply, FastifyRequest } from 'fastify'
import type { MercuriusOptions } from 'mercurius'
import { AppError } from '#engine/model/app-error'
import { graphqlResponse, mediaTypeFor } from './media-type.js'
import { nestingOf } from './nesting.js'

declare module 'fastify' {
  interface FastifyRequest {
    /** Media type of the answer, and whether the request's parameters were of the right types. */
    graphql?: { readonly mediaType: string; wellFormed: boolean }
  }
}

const deepest = 60

/**
 * GraphQL over HTTP around Mercurius' own routes: media types by `Accept`, parameters of the right types or 400, errors as plain
 * JSON (its own serializer turns the indexes in error paths into text).
 */
export const overHttp: NonNullable<MercuriusOptions['additionalRouteOptions']> = {
  schema: { hide: true } as never,
  serializerCompiler: () => (data) => JSON.stringify(data),
  preParsing: async (request, reply, payload) => {
    const mediaType = mediaTypeFor(request.headers.accept)
    if (mediaType === undefined) throw new AppError('NOT_ACCEPTABLE', `answers are sent as \`${graphqlResponse}\` or \`application/json\``)
    request.graphql = { mediaType, wellFormed: false }
    reply.type(`${mediaType}; charset=utf-8`).header('cache-control', 'no-store')
    return payload
  },
  preValidation: async (request, reply) => {
    const fault = faultIn(request)
    if (fault !== undefined) return refuse(reply, fault)
    if (request.graphql !== undefined) request.graphql.wellFormed = true
    return undefined
  },
  preSerialization: async (request, reply, payload) => {
    const answer = payload as { readonly errors?: unknown; readonly data?: unknown } | null
    const isRequestError = answer?.errors !== undefined && answer.data === undefined
    if (isRequestError && reply.statusCode === 200 && request.graphql?.mediaType === graphqlResponse) reply.code(400)
    return payload
  },
}

const refuse = (reply: FastifyReply, message: string): FastifyReply =>
  reply.code(400).send({ errors: [{ message, extensions: { code: 'PARAMETER_INVALID' } }] })

/** What is wrong with a request's parameters; empty `variables` and `extensions` are taken out, as if they had not been sent. */
function faultIn(request: FastifyRequest): string | undefined {
  const sent = (request.method === 'GET' ? request.query : request.body) as Record<string, unknown> | null | undefined
  if (typeof sent !== 'object' || sent === null) return 'the body must be a JSON object'
  if (Array.isArray(sent)) return 'several operations in one request are not answered'
  if (typeof sent['query'] !== 'string') return '`query` must be a text'
  if (nestingOf(sent['query']) > deepest) return `\`query\` nests brackets more than ${deepest} deep`
  const { operationName } = sent
  if (operationName !== undefined && operationName !== null && typeof operationName !== 'string') return '`operationName` must be a text'
  return request.method === 'POST' ? faultInMaps(sent) : undefined
}

function faultInMaps(sent: Record<string, unknown>): string | undefined {
  for (const name of ['variables', 'extensions']) {
    const value = sent[name]
    if (value === undefined || value === null) delete sent[name]
    else if (typeof value !== 'object' || Array.isArray(value)) return `\`${name}\` must be a map`
  }
  return undefined
}
