import type { FastifyReply } from 'fastify'
import Type from 'typebox'
import { isFailure } from '#engine/model/fail-on'
import { Report } from '#engine/model/report'
import { AssertionHeader } from '#engine/model/topology/assertion-header'
import type { Format } from '#formats/format'
import { againstBaseline } from '#operations/documents/against-baseline'
import { readContent } from '#operations/documents/read-content'
import { reportVersion } from '#operations/documents/report-version'
import { validateDocument } from '#operations/documents/validate-document'
import { TopologyBody } from './kubernetes-objects.js'
import { sample } from './openapi/sample.js'
import { sampleReport } from './openapi/sample-report.js'
import { ProblemDocument } from './problem-document.js'
import { otherTypes, reportFormat, sendReport } from './report-format.js'
import { baselineOf, checkReportQuery, ReportQuery } from './report-query.js'
import type { RestDependencies, Routes } from './routes.js'
import { problems, StreamCluster, VersionPath } from './shapes.js'
import { sentAssertions, uploadedBy } from './uploads/uploaded.js'

const DocumentQuery = Type.Object({ ...ReportQuery.properties, cluster: StreamCluster }, { additionalProperties: false })

const about = { tags: ['validate'] }

const assertion = {
  name: 'the client reads reviews',
  from: sample.client,
  to: { host: 'reviews.shop', port: 9080 },
  expect: 'REACHABLE',
}

const send = (reply: FastifyReply, format: Format, report: Report, { strictStatus, failOn }: ReportQuery): FastifyReply =>
  sendReport(reply, format, strictStatus === true && isFailure(report, failOn) ? 422 : 200, { report })

/** Report on a document at hand. */
export function validateRoute(routes: Routes, dependencies: RestDependencies): void {
  const schema = {
    ...about,
    operationId: 'validateDocument',
    summary: 'Report on a document, or on a stream of Kubernetes objects, without storing it',
    querystring: DocumentQuery,
    response: { 200: Report, ...problems(404, 406, 413, 415), 422: Type.Union([Report, ProblemDocument]) },
    'x-notes': {
      document: { request: TopologyBody },
      files: true,
      otherTypes,
      example: { request: sample.document, answer: sampleReport },
    },
  }
  routes.post('/validate', { schema }, async (request, reply) => {
    const { query } = request
    checkReportQuery(query)
    const format = reportFormat(request)
    const baseline = baselineOf(query, undefined)
    const { upload, assertions } = await uploadedBy(request, query.cluster)
    const made = await validateDocument(dependencies, upload, assertions)
    return send(reply, format, baseline === undefined ? made : await againstBaseline(dependencies, made, baseline), query)
  })
}

const SentAssertions = Type.Object(
  { assertions: Type.Optional(Type.Array(AssertionHeader)) },
  { additionalProperties: false, description: 'assertions that this report is held to besides those of the document' },
)

/** Report on a stored version. */
export function reportRoute(routes: Routes, dependencies: RestDependencies): void {
  const schema = {
    ...about,
    operationId: 'validateVersion',
    summary: 'Report on a stored version, held also to assertions that are sent along',
    params: VersionPath,
    querystring: ReportQuery,
    response: { 200: Report, ...problems(404, 406, 413, 415), 422: Type.Union([Report, ProblemDocument]) },
    'x-notes': {
      document: { request: SentAssertions },
      bodyOptional: true,
      otherTypes,
      example: { request: { assertions: [assertion] }, answer: sampleReport },
    },
  }
  routes.post('/topologies/:name/versions/:ref/validate', { schema }, async (request, reply) => {
    const { params, query } = request
    checkReportQuery(query)
    const format = reportFormat(request)
    const baseline = baselineOf(query, params.name)
    const content = await readContent(dependencies, { topology: params.name, ref: params.ref })
    const made = await reportVersion(dependencies, content, sentAssertions(request))
    return send(reply, format, baseline === undefined ? made : await againstBaseline(dependencies, made, baseline), query)
  })
}
