import type { FastifyReply } from 'fastify'
import Type from 'typebox'
import { Report } from '#engine/model/report'
import { readVersion } from '#operations/read-version'
import { reportVersion } from '#operations/report-version'
import { validateDocument } from '#operations/validate-document'
import type { RestDependencies, Routes } from './routes.js'
import { problems, VersionPath } from './shapes.js'
import { uploadOf } from './upload.js'

const StrictQuery = Type.Object(
  { strictStatus: Type.Optional(Type.Boolean({ description: 'answer 422 when the report says FAIL' })) },
  { additionalProperties: false },
)

const tags = ['validate']
const response = { 200: Report, 422: Report, ...problems(400, 404, 413, 415) }

const send = (reply: FastifyReply, report: Report, strict: boolean | undefined): FastifyReply =>
  reply.code(strict === true && report.verdict === 'FAIL' ? 422 : 200).send(report)

/** Report on a document at hand. */
export function validateRoutes(routes: Routes, dependencies: RestDependencies): void {
  routes.post(
    '/validate',
    {
      config: { document: 'TOPOLOGY' },
      schema: {
        operationId: 'validateDocument',
        summary: 'Report on a document without storing it',
        tags,
        querystring: StrictQuery,
        response,
      },
    },
    async (request, reply) => send(reply, await validateDocument(dependencies, uploadOf(request)), request.query.strictStatus),
  )
}

/** Report on a stored version. */
export function reportRoutes(routes: Routes, dependencies: RestDependencies): void {
  routes.post(
    '/topologies/:name/versions/:ref/validate',
    {
      schema: {
        operationId: 'validateVersion',
        summary: 'Report on a stored version',
        tags,
        params: VersionPath,
        querystring: StrictQuery,
        response,
      },
    },
    async ({ params, query }, reply) => {
      const { content } = await readVersion(dependencies, { topology: params.name, ref: params.ref })
      return send(reply, await reportVersion(dependencies, content), query.strictStatus)
    },
  )
}
