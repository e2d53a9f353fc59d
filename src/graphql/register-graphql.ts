import { readFileSync } from 'node:fs'
import type { FastifyInstance } from 'fastify'
import mercurius, { type IResolvers } from 'mercurius'
import type { Dependencies } from '#operations/dependencies'
import { errorFormatterWith } from './error-formatter.js'
import { limitRules, parseLimits } from './limits.js'
import { overHttp } from './over-http.js'
import { allResolvers } from './resolvers/all-resolvers.js'

const schemaFile = new URL('./schema.graphql', import.meta.url)

/** GraphQL at `/graphql`, reading only, and its schema as text at `/graphql/schema.graphql`. */
export async function registerGraphql(app: FastifyInstance, { store, analyst, now }: Dependencies): Promise<void> {
  const schema = readFileSync(schemaFile, 'utf8')
  const context = { dependencies: { store, analyst, now } }
  await app.register(mercurius, {
    schema,
    resolvers: allResolvers as unknown as IResolvers,
    context: () => context,
    path: '/graphql',
    graphiql: false,
    ide: false,
    jit: 1,
    allowBatchedQueries: false,
    validationRules: limitRules,
    graphql: { parseOptions: parseLimits, validateOptions: { maxErrors: 20, hideSuggestions: true } },
    additionalRouteOptions: overHttp,
    errorFormatter: errorFormatterWith(app.log),
  } as never)
  app.get('/graphql/schema.graphql', { schema: { hide: true } }, async (_request, reply) =>
    reply.type('text/plain; charset=utf-8').send(schema),
  )
}
