import Type from 'typebox'
import { topologyJsonSchema } from '#engine/model/topology-json-schema'
import type { Routes } from './routes.js'

/** The document's JSON Schema, for editors and pipelines. */
export function schemaRoutes(routes: Routes): void {
  routes.get(
    '/schemas/topology.json',
    {
      schema: {
        operationId: 'readTopologySchema',
        summary: 'JSON Schema of the topology document',
        tags: ['schemas'],
        response: { 200: Type.Record(Type.String(), Type.Unknown()) },
        'x-notes': { answerType: 'application/schema+json', example: { answer: { title: 'Sightline topology', type: 'object' } } },
      },
    },
    async (_request, reply) =>
      reply.type('application/schema+json; charset=utf-8').header('cache-control', 'public, max-age=3600').send(topologyJsonSchema),
  )
}
