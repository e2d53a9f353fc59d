import Type from 'typebox'
import { Compatibility, TopologyAnswer, TopologySummary } from '#engine/model/stored/stored-version'
import { deleteTopology } from '#operations/topologies/delete-topology'
import { listTopologies } from '#operations/topologies/list-topologies'
import { putTopology } from '#operations/topologies/put-topology'
import { readTopology } from '#operations/topologies/read-topology'
import { absentIsEmpty } from './absent-is-empty.js'
import { sample } from './openapi/sample.js'
import { pageAnswer, pageHeaders } from './page-answer.js'
import { etagHeader, etagOf } from './expected-version.js'
import type { RestDependencies, Routes } from './routes.js'
import { listOf, locationHeader, NoQuery, PageQuery, problems, proseOf, TopologyPath } from './shapes.js'

const TopologyChange = Type.Object(
  {
    description: Type.Optional(Type.Union([proseOf(2000), Type.Null()])),
    compatibility: Type.Optional(Compatibility),
  },
  { additionalProperties: false },
)

const tags = ['topologies']
const { topology } = sample
const address = { tags, params: TopologyPath, querystring: NoQuery }

/** The named things: list, create or change, read, delete. */
export function topologyRoutes(routes: Routes, dependencies: RestDependencies): void {
  listRoute(routes, dependencies)
  putRoute(routes, dependencies)
  readRoute(routes, dependencies)
  deleteRoute(routes, dependencies)
}

function listRoute(routes: Routes, dependencies: RestDependencies): void {
  const schema = {
    operationId: 'listTopologies',
    summary: 'Topologies by name',
    tags,
    querystring: PageQuery,
    response: { 200: listOf(TopologySummary), ...problems() },
    'x-notes': { answerHeaders: pageHeaders, example: { answer: { items: [topology], page: sample.lastPage } } },
  }
  routes.get('/topologies', { schema }, async (request, reply) =>
    pageAnswer(request, reply, await listTopologies(dependencies.of(request), request.query)),
  )
}

function putRoute(routes: Routes, dependencies: RestDependencies): void {
  const schema = {
    ...address,
    operationId: 'putTopology',
    summary: 'Create a topology, or change what is given of it',
    body: TopologyChange,
    response: { 200: TopologyAnswer, 201: TopologyAnswer, ...problems(413, 415, 422) },
    'x-notes': {
      bodyOptional: true,
      answerHeaders: locationHeader,
      example: {
        request: { description: topology.description, compatibility: topology.compatibility },
        answer: { ...topology, warnings: [] },
      },
    },
  }
  // To say nothing of it is to change nothing of it.
  routes.put('/topologies/:name', { schema, preValidation: absentIsEmpty }, async (request, reply) => {
    const { params, body } = request
    const { topology: put, created } = await putTopology(dependencies.of(request), params.name, body)
    return reply
      .code(created ? 201 : 200)
      .header('location', `/v1/topologies/${params.name}`)
      .send(put)
  })
}

function readRoute(routes: Routes, dependencies: RestDependencies): void {
  const schema = {
    ...address,
    operationId: 'readTopology',
    summary: 'A topology and the number of its newest version',
    response: { 200: TopologySummary, ...problems(404) },
    'x-notes': { answerHeaders: etagHeader, example: { answer: topology } },
  }
  routes.get('/topologies/:name', { schema }, async (request, reply) => {
    const read = await readTopology(dependencies.of(request), request.params.name)
    return reply.header('etag', etagOf(read.head)).send(read)
  })
}

function deleteRoute(routes: Routes, dependencies: RestDependencies): void {
  const schema = {
    ...address,
    operationId: 'deleteTopology',
    summary: 'Delete a topology with its versions; created again, its numbers go on',
    response: { 204: Type.Null(), ...problems(404) },
  }
  routes.delete('/topologies/:name', { schema }, async (request, reply) => {
    await deleteTopology(dependencies.of(request), request.params.name)
    return reply.code(204).send(null)
  })
}
