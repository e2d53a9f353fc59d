import Type from 'typebox'
import { Operation } from '#engine/model/operation'
import { Report } from '#engine/model/report'
import { AssertionHeader } from '#engine/model/topology/assertion-header'
import type { WorkSignal } from '#engine/model/work-signal'
import { againstBaseline } from '#operations/documents/against-baseline'
import { readContent } from '#operations/documents/read-content'
import { reportVersion } from '#operations/documents/report-version'
import { writeValidation } from '#operations/documents/write-validation'
import type { WrittenReport } from '#engine/model/written'
import { preferHeader, prefersLater } from './operations/prefers-later.js'
import type { OperationBook } from './operations/operation-book.js'
import { reportNowOrLater } from './operations/report-now-or-later.js'
import { TopologyBody } from './kubernetes-objects.js'
import { sample } from './openapi/sample.js'
import { sampleReport } from './openapi/sample-report.js'
import { ProblemDocument } from './problem-document.js'
import { mannerOf, otherTypes, reportFormat } from './report-format.js'
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
    const manner = mannerOf(isLater ? 'json' : format, dependencies.limits.answer, query.failOn)
    const { upload, assertions } = await uploadedBy(request, query.cluster)
    const work = async (signal?: WorkSignal): Promise<WrittenReport> => {
      const before = baseline && (await againstBaseline(needs, baseline))
      return writeValidation(needs, upload, manner, { assertions, baseline: before, signal })
    }
    return reportNowOrLater(reply, operations, { owner: needs.caller.id, kind: 'VALIDATE', isLater, strict: query.strictStatus }, work)
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
    const isLater = prefersLater(request)
    const manner = mannerOf(isLater ? 'json' : format, dependencies.limits.answer, query.failOn)
    const work = async (signal?: WorkSignal): Promise<WrittenReport> => {
      const before = baseline && (await againstBaseline(needs, baseline))
      return reportVersion(needs, content, manner, { assertions, baseline: before, signal })
    }
    return reportNowOrLater(reply, operations, { owner: needs.caller.id, kind: 'VALIDATE', isLater, strict: query.strictStatus }, work)
  })
}
