import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import staticFiles from '@fastify/static'
import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { FastifyInstance } from 'fastify'
import type { Config } from '#config'
import { describeService } from '#rest/openapi/describe-service'
import { serveSite } from '#site/serve-site'

const packageFile = new URL('../package.json', import.meta.url)
const graphiqlFolder = fileURLToPath(new URL('../dist/web/graphiql', import.meta.url))

/** Before the routes: the reader of routes for OpenAPI. */
export async function prepareDocs(app: FastifyInstance): Promise<void> {
  const { version } = JSON.parse(readFileSync(packageFile, 'utf8')) as { readonly version: string }
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Sightline',
        version,
        description: 'What can reach what across Istio meshes, and why',
        license: { name: 'Apache-2.0' },
      },
    },
    transformObject: describeService as never,
  })
}

/** After the routes: the OpenAPI document, the pages for people, and GraphiQL where it is wanted and built. */
export async function serveDocs(app: FastifyInstance, { GRAPHIQL }: Config): Promise<void> {
  // Written once: it is long, and the same for everybody.
  let written: string | undefined
  app.get('/openapi.json', { schema: { hide: true } }, async (_request, reply) =>
    reply.type('application/json; charset=utf-8').send((written ??= JSON.stringify(app.swagger()))),
  )
  await app.register(swaggerUi, { routePrefix: '/docs/api' })
  const graphiql = GRAPHIQL && existsSync(graphiqlFolder)
  serveSite(app, { graphiql })
  if (!graphiql) return
  await app.register(staticFiles, {
    root: graphiqlFolder,
    prefix: '/graphiql/',
    index: false,
    schemaHide: true,
    immutable: true,
    maxAge: '1h',
  })
  app.get('/graphiql', { schema: { hide: true } }, async (_request, reply) => reply.sendFile('index.html', { immutable: false, maxAge: 0 }))
  app.get('/graphiql/', { schema: { hide: true } }, async (_request, reply) => reply.redirect('/graphiql'))
}
