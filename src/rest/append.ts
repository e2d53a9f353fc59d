import type { FastifyReply, FastifyRequest } from 'fastify'
import Type, { type Static } from 'typebox'
import { AppendAnswer } from '#engine/model/stored/stored-version'
import { type AppendRequest, appendVersion } from '#operations/versions/append-version'
import { replaceCluster } from '#operations/versions/replace-cluster'
import { etagHeader, etagOf, expectedVersion, idempotencyKey, writeHeaders } from './expected-version.js'
import { ClusterBody, TopologyBody } from './kubernetes-objects.js'
import { sample } from './openapi/sample.js'
import type { RestDependencies, Routes } from './routes.js'
import { AppendQuery, locationHeader, problems, TopologyName, TopologyPath, WriteQuery } from './shapes.js'
import { plainUpload, uploadedAlone } from './uploads/uploaded.js'

const ClusterPath = Type.Object({
  name: TopologyName,
  cluster: Type.String({ minLength: 1, maxLength: 253, description: 'name of the cluster' }),
})

const write = {
  tags: ['versions'],
  response: { 200: AppendAnswer, 201: AppendAnswer, ...problems(409, 412, 413, 415, 422, 507) },
}

const { tags: _, ...appended } = { ...sample.version, unchanged: false, warnings: [] }
const notes = { requestHeaders: writeHeaders, answerHeaders: { ...etagHeader, ...locationHeader } }

/** The two ways in which a version comes to be. */
export function appendRoutes(routes: Routes, dependencies: RestDependencies): void {
  const append = {
    ...write,
    operationId: 'appendVersion',
    summary: 'Append a version, creating the topology when it is new: a document, or the objects of its only cluster',
    params: TopologyPath,
    querystring: AppendQuery,
    'x-notes': { ...notes, document: { request: TopologyBody }, files: true, example: { request: sample.document, answer: appended } },
  }
  routes.post('/topologies/:name/versions', { schema: append }, async (request, reply) => {
    const { cluster } = request.query
    const upload = await uploadedAlone(request, cluster)
    const write = { ...writeRequest(request.params.name, request.query, request), upload, cluster }
    const appended = await appendVersion(dependencies.of(request), write)
    return answer(reply, appended, request.query)
  })

  const replace = {
    ...write,
    operationId: 'replaceCluster',
    summary: 'Append a version in which only this cluster’s entry, or its objects alone, are replaced or added',
    querystring: WriteQuery,
    params: ClusterPath,
    'x-notes': { ...notes, document: { request: ClusterBody }, example: { request: sample.cluster, answer: appended } },
  }
  routes.put('/topologies/:name/clusters/:cluster', { schema: replace }, async (request, reply) => {
    const { name, cluster } = request.params
    const appended = await replaceCluster(dependencies.of(request), {
      ...writeRequest(name, request.query, request),
      upload: plainUpload(request),
      cluster,
    })
    return answer(reply, appended, request.query)
  })
}

const writeRequest = (topology: string, query: Static<typeof WriteQuery>, request: FastifyRequest): Omit<AppendRequest, 'upload'> => ({
  ...query,
  topology,
  expectedVersion: expectedVersion(request, query.expectedVersion),
  idempotencyKey: idempotencyKey(request),
})

function answer(reply: FastifyReply, appended: AppendAnswer, { dryRun }: Static<typeof WriteQuery>): FastifyReply {
  const created = !appended.unchanged && dryRun !== true
  if (created) reply.header('location', `/v1/topologies/${appended.topology}/versions/${appended.number}`)
  return reply
    .code(created ? 201 : 200)
    .header('etag', etagOf(appended.number))
    .send(appended)
}
