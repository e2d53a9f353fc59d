import { type TypeBoxTypeProvider, TypeBoxValidatorCompiler } from '@fastify/type-provider-typebox'
import type { FastifyInstance } from 'fastify'
import { appendRoutes } from './append.js'
import { acceptJson } from './json-body.js'
import { setProblemHandlers, watchRoutes } from './problem.js'
import { questionRoutes } from './questions.js'
import type { RestDependencies, Routes } from './routes.js'
import { schemaRoutes } from './schemas.js'
import { topologyRoutes } from './topologies.js'
import { acceptDocuments } from './upload.js'
import { reportRoutes, validateRoutes } from './validate.js'
import { versionRoutes } from './versions.js'

/** Handlers that hold for the whole service: failures are problems, answers are plain JSON. Before any route. */
export function prepareRest(app: FastifyInstance): void {
  watchRoutes(app)
  setProblemHandlers(app)
  app.setValidatorCompiler(TypeBoxValidatorCompiler)
  // Answers are built from their types; a second serializer that drops what it does not know would only hide a difference.
  app.setSerializerCompiler(() => (data) => JSON.stringify(data))
}

/** REST under `/v1`, one module a resource; routes that take documents keep bodies as bytes. */
export async function registerRest(app: FastifyInstance, dependencies: RestDependencies): Promise<void> {
  await app.register(
    async (scope) => {
      const routes = typed(scope)
      acceptJson(routes)
      topologyRoutes(routes, dependencies)
      versionRoutes(routes, dependencies)
      questionRoutes(routes, dependencies)
      reportRoutes(routes, dependencies)
    },
    { prefix: '/v1' },
  )
  await app.register(
    async (scope) => {
      const routes = typed(scope)
      acceptDocuments(routes, dependencies.bodyLimit)
      appendRoutes(routes, dependencies)
      validateRoutes(routes, dependencies)
    },
    { prefix: '/v1' },
  )
  schemaRoutes(typed(app))
}

const typed = (scope: FastifyInstance): Routes => scope.withTypeProvider<TypeBoxTypeProvider>() as unknown as Routes
