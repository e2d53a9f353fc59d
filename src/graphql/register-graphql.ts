import { readFileSync } from 'node:fs'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import mercurius, { type IResolvers } from 'mercurius'
import type { Dependencies } from '#operations/dependencies'
import { shareRoom } from '#operations/share-room'
import type { GraphqlContext } from './context.js'
import { acceptQueries } from './accept-queries.js'
import { graphqlAnswer, parseLimits, validateLimits } from './graphql-limits.js'
import { errorFormatterWith } from './error-formatter.js'
import { overHttp } from './over-http.js'
import { addQueryHooks } from './query-hooks.js'
import { allResolvers } from './resolvers/all-resolvers.js'

const schemaFile = new URL('./schema.graphql', import.meta.url)
/** A request of nobody known has a context all the same, for its refusal, in which no field is resolved. */
const nobodys = {} as Dependencies
/** Documents kept parsed and compiled. */
const documents = 512

/**
 * GraphQL at `/graphql`, reading only, and its schema as text at `/graphql/schema.graphql`; `of`: what operations need, with the request's caller;
 * `answerLimit`: bytes of the largest answer.
 */
export async function registerGraphql(
  app: FastifyInstance,
  of: (request: FastifyRequest) => Dependencies,
  answerLimit: number,
): Promise<void> {
  const schema = readFileSync(schemaFile, 'utf8')
  const room = graphqlAnswer(answerLimit)
  // INVARIANT: an object for each request, because Mercurius puts the reply and the errors into it; without accessors: the runtime
  // describes each object that has one of its own anew, and keeps with that what it closes over until the whole heap is collected.
  const context = (request: FastifyRequest): GraphqlContext => ({
    dependencies: request.caller === null ? nobodys : sharingRoom(of(request), room),
    operationName: request.graphql?.operationName,
  })
  acceptQueries(app)
  await app.register(mercurius, {
    schema,
    resolvers: allResolvers as unknown as IResolvers,
    context,
    path: '/graphql',
    graphiql: false,
    ide: false,
    jit: 1,
    cache: documents,
    allowBatchedQueries: false,
    graphql: { parseOptions: parseLimits, validateOptions: validateLimits },
    additionalRouteOptions: overHttp,
    errorFormatter: errorFormatterWith(app.log),
  } as never)
  addQueryHooks(app)
  app.get('/graphql/schema.graphql', { schema: { hide: true } }, async (_request, reply) =>
    reply.type('text/plain; charset=utf-8').send(schema),
  )
}

const sharingRoom = (dependencies: Dependencies, room: number): Dependencies => ({
  ...dependencies,
  analyst: shareRoom(dependencies.analyst, room, 'REST gives larger answers'),
})
