import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyInstance } from 'fastify'
import { auditRoute } from './admin/audit.js'
import { appendRoutes } from './append.js'
import { checkRoute } from './check.js'
import { refuseCodedBodies } from './refuse-coded-bodies.js'
import { documentRoute } from './document.js'
import { acceptJson } from './accept-json.js'
import { setProblemHandlers } from './problem.js'
import { limitsRoute } from './limits.js'
import { createOperationBook, type OperationBook } from './operations/operation-book.js'
import { operationRoutes } from './operations/operation-routes.js'
import { keepingRoutes, restoreRoute } from './admin/keeping.js'
import { questionRoutes } from './questions/question-routes.js'
import type { RestDependencies, Routes } from './routes.js'
import { rulePageRoute } from './rule-pages.js'
import { reasonPageRoute } from './reason-pages.js'
import { schemaRoutes } from './schemas.js'
import { tagRoute } from './tags.js'
import { tokenRoutes } from './admin/tokens.js'
import { topologyRoutes } from './topologies.js'
import { watchRoutes } from './unknown-address.js'
import { acceptDocuments } from './uploads/accept-documents.js'
import { reportRoute, validateRoute } from './validate.js'
import { compileValidator } from './validator.js'
import { versionRoutes } from './versions.js'

/** Handlers that hold for the whole service: failures are problems, answers are plain JSON. Before any route. */
export function prepareRest(app: FastifyInstance): void {
  watchRoutes(app)
  setProblemHandlers(app)
  app.setValidatorCompiler(compileValidator)
  // Answers are built from their types; a second serializer that drops what it does not know would only hide a difference.
  app.setSerializerCompiler(() => (data) => JSON.stringify(data))
}

/** REST under `/v1`, one module a resource; routes that take documents keep bodies as bytes. */
export async function registerRest(app: FastifyInstance, dependencies: RestDependencies): Promise<void> {
  const operations = createOperationBook(dependencies.now, (error) => app.log.error({ err: error }, 'operation failed'))
  app.addHook('onClose', async () => operations.close())
  await app.register(async (scope) => registerPlain(typed(scope), dependencies, operations), { prefix: '/v1' })
  await app.register(async (scope) => registerDocuments(typed(scope), dependencies, operations), { prefix: '/v1' })
  await app.register(async (scope) => restoreRoute(typed(scope), dependencies), { prefix: '/v1' })
  schemaRoutes(typed(app))
  rulePageRoute(typed(app))
  reasonPageRoute(typed(app))
}

function registerPlain(routes: Routes, dependencies: RestDependencies, operations: OperationBook): void {
  refuseCodedBodies(routes)
  acceptJson(routes)
  topologyRoutes(routes, dependencies)
  versionRoutes(routes, dependencies)
  documentRoute(routes, dependencies)
  tagRoute(routes, dependencies)
  keepingRoutes(routes, dependencies)
  questionRoutes(routes, dependencies, operations)
  limitsRoute(routes, dependencies)
  operationRoutes(routes, dependencies, operations)
  tokenRoutes(routes, dependencies)
  auditRoute(routes, dependencies)
}

function registerDocuments(routes: Routes, dependencies: RestDependencies, operations: OperationBook): void {
  refuseCodedBodies(routes)
  acceptDocuments(routes, dependencies)
  appendRoutes(routes, dependencies)
  validateRoute(routes, dependencies, operations)
  reportRoute(routes, dependencies, operations)
  checkRoute(routes, dependencies, operations)
}

const typed = (scope: FastifyInstance): Routes => scope.withTypeProvider<TypeBoxTypeProvider>() as unknown as Routes
