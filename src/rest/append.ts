import type { FastifyReply } from 'fastify'
import Type from 'typebox'
import { AppendAnswer, namePattern } from '#engine/model/stored-version'
import { appendVersion } from '#operations/append-version'
import { replaceCluster } from '#operations/replace-cluster'
import { etagOf, expectedVersion, idempotencyKey } from './precondition.js'
import type { RestDependencies, Routes } from './routes.js'
import { problems, TopologyPath, WriteQuery } from './shapes.js'
import { uploadOf } from './upload.js'

const ClusterPath = Type.Object({
  name: Type.String({ pattern: namePattern, description: 'name of the topology' }),
  cluster: Type.String({ minLength: 1, maxLength: 253, description: 'name of the cluster' }),
})

const tags = ['versions']
const response = { 200: AppendAnswer, 201: AppendAnswer, ...problems(400, 412, 413, 415, 422, 507) }

function answer(reply: FastifyReply, appended: AppendAnswer, dryRun: boolean | undefined): FastifyReply {
  const created = !appended.unchanged && dryRun !== true
  if (created) reply.header('location', `/v1/topologies/${appended.topology}/versions/${appended.number}`)
  return reply
    .code(created ? 201 : 200)
    .header('etag', etagOf(appended.number))
    .send(appended)
}

/** The two ways in which a version comes to be. */
export function appendRoutes(routes: Routes, dependencies: RestDependencies): void {
  routes.post(
    '/topologies/:name/versions',
    {
      config: { document: 'TOPOLOGY' },
      schema: {
        operationId: 'appendVersion',
        summary: 'Append a version, creating the topology when it is new',
        tags,
        params: TopologyPath,
        querystring: WriteQuery,
        response,
      },
    },
    async (request, reply) => {
      const { params, query } = request
      const appended = await appendVersion(dependencies, {
        ...query,
        topology: params.name,
        upload: uploadOf(request),
        expectedVersion: expectedVersion(request, query.expectedVersion),
        idempotencyKey: idempotencyKey(request),
      })
      return answer(reply, appended, query.dryRun)
    },
  )

  routes.put(
    '/topologies/:name/clusters/:cluster',
    {
      config: { document: 'CLUSTER' },
      schema: {
        operationId: 'replaceCluster',
        summary: 'Append a version in which only this cluster’s entry is replaced or added',
        tags,
        params: ClusterPath,
        querystring: WriteQuery,
        response,
      },
    },
    async (request, reply) => {
      const { params, query } = request
      const appended = await replaceCluster(dependencies, {
        ...query,
        topology: params.name,
        cluster: params.cluster,
        upload: uploadOf(request),
        expectedVersion: expectedVersion(request, query.expectedVersion),
        idempotencyKey: idempotencyKey(request),
      })
      return answer(reply, appended, query.dryRun)
    },
  )
}
