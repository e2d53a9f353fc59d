import type { FastifyReply } from 'fastify'
import Type from 'typebox'
import { isFailure } from '#engine/model/fail-on'
import { Operation } from '#engine/model/operation'
import { Report } from '#engine/model/report'
import { AssertionHeader } from '#engine/model/topology/assertion-header'
import type { WorkSignal } from '#engine/model/work-signal'
import type { Format } from '#formats/format'
import { againstBaseline } from '#operations/documents/against-baseline'
import { readContent } from '#operations/documents/read-content'
import { reportVersion } from '#operations/documents/report-version'
import { validateDocument } from '#operations/documents/validate-document'
import { preferHeader, prefersLater, sendOperation } from './operations/prefers-later.js'
import type { OperationBook } from './operations/operation-book.js'
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
export function validateRoute(routes: Routes, dependencies: RestDependencies, operations: OperationBook): void {
  const schema = {
    ...about,
    operationId: 'validateDocument',
    summary: 'Report on a document, or on a stream of Kubernetes objects, without storing it',
    querystring: DocumentQuery,
    response: { 200: Report, 202: Operation, ...problems(404, 406, 413, 415), 422: Type.Union([Report, ProblemDocument]) },
    'x-notes': {
      document: { request: TopologyBody },
      files: true,
      otherTypes,
      requestHeaders: [preferHeader],
      example: { request: sample.document, answer: sampleReport },
    },
  }
  routes.post('/validate', { schema }, async (request, reply) => {
    const { query } = request
    const needs = dependencies.of(request)
    checkReportQuery(query)
    const format = reportFormat(request)
    const baseline = baselineOf(query, undefined)
    const isLater = prefersLater(request)
    const { upload, assertions } = await uploadedBy(request, query.cluster)
    const work = async (signal?: WorkSignal): Promise<Report> => {
      const made = await validateDocument(needs, upload, assertions, signal)
      return baseline === undefined ? made : againstBaseline(needs, made, baseline, signal)
    }
    return isLater ? sendOperation(reply, operations.start(needs.caller.id, 'VALIDATE', work)) : send(reply, format, await work(), query)
  })
}

const SentAssertions = Type.Object(
  { assertions: Type.Optional(Type.Array(AssertionHeader)) },
  { additionalProperties: false, description: 'assertions that this report is held to besides those of the document' },
)

/** Report on a stored version. */
export function reportRoute(routes: Routes, dependencies: RestDependencies, operations: OperationBook): void {
  const schema = {
    ...about,
    operationId: 'validateVersion',
    summary: 'Report on a stored version, held also to assertions that are sent along',
    params: VersionPath,
    querystring: ReportQuery,
    response: { 200: Report, 202: Operation, ...problems(404, 406, 413, 415), 422: Type.Union([Report, ProblemDocument]) },
    'x-notes': {
      document: { request: SentAssertions },
      bodyOptional: true,
      otherTypes,
      requestHeaders: [preferHeader],
      example: { request: { assertions: [assertion] }, answer: sampleReport },
    },
  }
  routes.post('/topologies/:name/versions/:ref/validate', { schema }, async (request, reply) => {
    const { params, query } = request
    const needs = dependencies.of(request)
    checkReportQuery(query)
    const format = reportFormat(request)
    const baseline = baselineOf(query, params.name)
    const content = await readContent(needs, { topology: params.name, ref: params.ref })
    const assertions = sentAssertions(request)
    const work = async (signal?: WorkSignal): Promise<Report> => {
      const made = await reportVersion(needs, content, assertions, signal)
      return baseline === undefined ? made : againstBaseline(needs, made, baseline, signal)
    }
    return prefersLater(request)
      ? sendOperation(reply, operations.start(needs.caller.id, 'VALIDATE', work))
      : send(reply, format, await work(), query)
  })
}
