import type { MercuriusOptions } from 'mercurius'
import { AppError } from '#engine/model/app-error'
import { refuseOtherSites } from './refuse-other-sites.js'
import { graphqlResponse, mediaTypeFor } from './media-type.js'
import { readParameters } from './read-parameters.js'

declare module 'fastify' {
  interface FastifyRequest {
    /** Media type of the answer; whether the request's parameters were of the right types, and which operation they name. */
    graphql?: { readonly mediaType: string; readonly wellFormed: boolean; readonly operationName: string | undefined }
  }
}

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
    request.graphql = { mediaType, wellFormed: false, operationName: undefined }
    reply.type(`${mediaType}; charset=utf-8`).header('cache-control', 'no-store')
    refuseOtherSites(request)
    return payload
  },
  preValidation: async (request) => {
    const { parameters, syntaxError } = readParameters(request.method === 'GET' ? request.query : request.body, request.method)
    if (request.method === 'GET') request.query = parameters
    else request.body = parameters
    request.graphql = {
      mediaType: request.graphql?.mediaType ?? graphqlResponse,
      wellFormed: true,
      operationName: parameters.operationName,
    }
    if (syntaxError !== undefined) throw syntaxError
  },
}
