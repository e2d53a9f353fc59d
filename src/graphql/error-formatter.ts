import type { FastifyBaseLogger } from 'fastify'
import { GraphQLError } from 'graphql'
import mercurius, { type MercuriusContext } from 'mercurius'
import { graphqlResponse } from './media-type.js'
import { publicError } from './request-errors.js'

type Execution = Parameters<typeof mercurius.defaultErrorFormatter>[0]

/**
 * The answer to a request with errors, and its status: a request that could not run has no `data` and, in GraphQL's own media
 * type, 400; fields that failed leave 200.
 */
export const errorFormatterWith =
  (log: FastifyBaseLogger) =>
  (execution: Execution, context: MercuriusContext): { statusCode: number; response: never } => {
    const errors = (execution.errors ?? []).map((error) =>
      publicError(asGraphql(error), (cause) => log.error({ err: cause }, 'resolver failed')),
    )
    const isRequestError = (execution.data === null || execution.data === undefined) && errors.every((error) => error['path'] === undefined)
    if (!isRequestError) return { statusCode: 200, response: { data: execution.data ?? null, errors } as never }
    return { statusCode: requestStatus(execution, context), response: { errors } as never }
  }

const asGraphql = (error: unknown): GraphQLError =>
  error instanceof GraphQLError ? error : new GraphQLError(error instanceof Error ? error.message : 'the request failed')

function requestStatus(execution: Execution, context: MercuriusContext): number {
  const request = context.reply?.request
  const own = mercurius.defaultErrorFormatter(execution, context).statusCode ?? 400
  if (request?.graphql?.wellFormed !== true) return own >= 400 ? own : 400
  if (own === 405) return 405
  return request.graphql.mediaType === graphqlResponse ? 400 : 200
}
