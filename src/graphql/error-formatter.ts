import type { FastifyBaseLogger } from 'fastify'
import { GraphQLError } from 'graphql'
import type { MercuriusContext, MercuriusOptions } from 'mercurius'
import { errors } from '#engine/model/app-error'
import { graphqlResponse } from './media-type.js'
import { type PublicError, publicError } from './public-error.js'

type Format = Extract<MercuriusOptions['errorFormatter'], (...args: never) => unknown>
type Execution = Parameters<Format>[0]

/**
 * The answer to a request with errors, and its status: a request that could not run has no `data` and, in GraphQL's own media
 * type, 400; fields that failed leave 200.
 */
export const errorFormatterWith =
  (log: FastifyBaseLogger): Format =>
  (execution, context) => {
    const { reply } = context
    const mediaType = reply?.request.graphql?.mediaType
    if (mediaType !== undefined) reply.type(`${mediaType}; charset=utf-8`) // Fastify forgets it when something was thrown
    const tell = (error: GraphQLError): PublicError =>
      publicError(error, context.document, (cause) => log.error({ err: cause, reqId: reply?.request.id }, 'resolver failed'))
    if (context.refused !== undefined) {
      const told = [tell(new GraphQLError(context.refused.message, { originalError: context.refused }))]
      return { statusCode: requestStatus(told, context), response: { errors: told } as never }
    }
    const told = (execution.errors ?? []).flatMap(unpacked).map(tell)
    const isRequestError = (execution.data === null || execution.data === undefined) && told.every(({ path }) => path === undefined)
    if (!isRequestError) return { statusCode: 200, response: { data: execution.data ?? null, errors: told } as never }
    return { statusCode: requestStatus(told, context), response: { errors: told } as never }
  }

/** Mercurius packs what parser and validator found into one error of its own. */
function unpacked(error: NonNullable<Execution['errors']>[number]): readonly GraphQLError[] {
  const inside = (error.originalError as { readonly errors?: unknown } | undefined)?.errors
  if (!Array.isArray(inside)) return [error]
  const { statusCode } = error.originalError as { readonly statusCode?: number }
  return inside.map((one: Error) => (one instanceof GraphQLError ? one : wrapped(one, statusCode)))
}

const wrapped = (error: Error, statusCode: number | undefined): GraphQLError =>
  new GraphQLError(error.message, { originalError: Object.assign(new Error(error.message), { statusCode }) })

/** Refused before GraphQL looked at it: as REST would. After that: as the media type has it. */
function requestStatus([first]: readonly PublicError[], context: MercuriusContext): number {
  const request = context.reply?.request.graphql
  const own = first === undefined ? 400 : errors[first.extensions.code].status
  if (own === 405 || own >= 500) return own
  if (request?.wellFormed !== true) return own === 422 ? 400 : own
  return request.mediaType === graphqlResponse ? 400 : 200
}
