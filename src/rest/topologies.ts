import Type from 'typebox'
import { Compatibility, TopologySummary } from '#engine/model/stored-version'
import { deleteTopology } from '#operations/delete-topology'
import { listTopologies } from '#operations/list-topologies'
import { putTopology } from '#operations/put-topology'
import { readTopology } from '#operations/read-topology'
import { etagOf } from './precondition.js'
import type { RestDependencies, Routes } from './routes.js'
import { listOf, PageQuery, problems, TopologyPath } from './shapes.js'

const TopologyChange = Type.Object(
  {
    description: Type.Optional(Type.Union([Type.String({ maxLength: 2000 }), Type.Null()])),
    compatibility: Type.Optional(Compatibility),
  },
  { additionalProperties: false },
)

const tags = ['topologies']

/** The named things: list, create or change, read, delete. */
export function topologyRoutes(routes: Routes, dependencies: RestDependencies): void {
  routes.get(
    '/topologies',
    {
      schema: {
        operationId: 'listTopologies',
        summary: 'Topologies by name',
        tags,
        querystring: PageQuery,
        response: { 200: listOf(TopologySummary), ...problems(400) },
      },
    },
    async ({ query }) => {
      const { items, page } = await listTopologies(dependencies, query)
      return { items: [...items], page }
    },
  )

  routes.put(
    '/topologies/:name',
    {
      schema: {
        operationId: 'putTopology',
        summary: 'Create a topology, or change what is given of it',
        tags,
        params: TopologyPath,
        body: Type.Optional(TopologyChange),
        response: { 200: TopologySummary, 201: TopologySummary, ...problems(400, 415) },
      },
    },
    async ({ params, body }, reply) => {
      const { topology, created } = await putTopology(dependencies, params.name, body ?? {})
      return reply
        .code(created ? 201 : 200)
        .header('location', `/v1/topologies/${params.name}`)
        .send(topology)
    },
  )

  routes.get(
    '/topologies/:name',
    {
      schema: {
        operationId: 'readTopology',
        summary: 'A topology and the number of its newest version',
        tags,
        params: TopologyPath,
        response: { 200: TopologySummary, ...problems(404) },
      },
    },
    async ({ params }, reply) => {
      const topology = await readTopology(dependencies, params.name)
      return reply.header('etag', etagOf(topology.head)).send(topology)
    },
  )

  routes.delete(
    '/topologies/:name',
    {
      schema: {
        operationId: 'deleteTopology',
        summary: 'Delete a topology with its versions; created again, its numbers go on',
        tags,
        params: TopologyPath,
        response: { 204: Type.Null(), ...problems(404) },
      },
    },
    async ({ params }, reply) => {
      await deleteTopology(dependencies, params.name)
      return reply.code(204).send(null)
    },
  )
}
