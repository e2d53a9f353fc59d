import { Readable } from 'node:stream'
import type { FastifyReply, FastifyRequest } from 'fastify'
import Type from 'typebox'
import { namePattern, VersionSummary } from '#engine/model/stored-version'
import { listVersions } from '#operations/list-versions'
import { putTag } from '#operations/put-tag'
import { readDocument } from '#operations/read-document'
import { readVersion } from '#operations/read-version'
import { documentFormat } from './document-format.js'
import { etagOf, isHeld } from './precondition.js'
import type { RestDependencies, Routes } from './routes.js'
import { listOf, PageQuery, problems, TopologyPath, VersionPath } from './shapes.js'

const TagPath = Type.Object({
  name: Type.String({ pattern: namePattern, description: 'name of the topology' }),
  tag: Type.String({ description: 'an environment, such as `production`' }),
})
const TagBody = Type.Object(
  { version: Type.Union([Type.Integer({ minimum: 1 }), Type.String({ maxLength: 80 })]) },
  { additionalProperties: false },
)
const FormatQuery = Type.Object({ format: Type.Optional(Type.Enum(['json', 'yaml'])) }, { additionalProperties: false })

const tags = ['versions']
const forEver = 'private, max-age=31536000, immutable'
const immutable = /^(\d+|sha256:[0-9a-f]{64})$/

/** Numbered versions never change; what `latest` and tags point at does. Replies 304 where the client has it. */
function heldAlready(request: FastifyRequest, reply: FastifyReply, ref: string, etag: string): boolean {
  reply.header('etag', etag).header('cache-control', immutable.test(ref) ? forEver : 'private, no-cache')
  return isHeld(request, etag)
}

/** Versions: list, read, read back, tag. */
export function versionRoutes(routes: Routes, dependencies: RestDependencies): void {
  routes.get(
    '/topologies/:name/versions',
    {
      schema: {
        operationId: 'listVersions',
        summary: 'Versions, the newest first',
        tags,
        params: TopologyPath,
        querystring: PageQuery,
        response: { 200: listOf(VersionSummary), ...problems(400, 404) },
      },
    },
    async ({ params, query }) => {
      const { items, page } = await listVersions(dependencies, params.name, query)
      return { items: [...items], page }
    },
  )

  routes.get(
    '/topologies/:name/versions/:ref',
    {
      schema: {
        operationId: 'readVersion',
        summary: 'A version, without its document',
        tags,
        params: VersionPath,
        response: { 200: VersionSummary, 304: Type.Null(), ...problems(404) },
      },
    },
    async (request, reply) => {
      const { name: topology, ref } = request.params
      const { summary } = await readVersion(dependencies, { topology, ref })
      // Tags move, so the summary of even a numbered version changes.
      const held = heldAlready(request, reply, 'latest', `"${summary.number}-${summary.tags.join('-')}"`)
      return held ? reply.code(304).send(null) : reply.send(summary)
    },
  )

  routes.get(
    '/topologies/:name/versions/:ref/document',
    {
      schema: {
        operationId: 'readDocument',
        summary: 'The document in normal form, as JSON or YAML',
        tags,
        params: VersionPath,
        querystring: FormatQuery,
        response: {
          200: Type.Unsafe<Readable>({ type: 'object', description: 'the topology document' }),
          304: Type.Null(),
          ...problems(404, 406),
        },
      },
    },
    async (request, reply) => {
      const { name: topology, ref } = request.params
      const format = documentFormat(request.headers.accept, request.query.format)
      const { summary, content } = await readVersion(dependencies, { topology, ref })
      reply.header('vary', 'accept').header('content-location', `/v1/topologies/${topology}/versions/${summary.number}/document`)
      if (heldAlready(request, reply, ref, `"${summary.contentHash}.${format}"`)) return reply.code(304).send(null)
      reply.type(format === 'JSON' ? 'application/json; charset=utf-8' : 'application/yaml; charset=utf-8')
      return reply.send(Readable.from(readDocument(dependencies, content, format), { objectMode: false }))
    },
  )

  routes.put(
    '/topologies/:name/tags/:tag',
    {
      schema: {
        operationId: 'putTag',
        summary: 'Point a tag (an environment) at a version',
        tags,
        params: TagPath,
        body: TagBody,
        response: { 200: VersionSummary, ...problems(400, 404) },
      },
    },
    async ({ params, body }, reply) => {
      const version = await putTag(dependencies, { topology: params.name, ref: String(body.version) }, params.tag)
      return reply.header('etag', etagOf(version.number)).send(version)
    },
  )
}
