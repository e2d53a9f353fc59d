import Type from 'typebox'
import { Check } from '#engine/model/check'
import { Operation } from '#engine/model/operation'
import { refPattern } from '#engine/model/stored/stored-version'
import type { WorkSignal } from '#engine/model/work-signal'
import { checkCandidate } from '#operations/documents/check-candidate'
import type { WrittenReport } from '#engine/model/written'
import { preferHeader, prefersLater } from './operations/prefers-later.js'
import type { OperationBook } from './operations/operation-book.js'
import { reportNowOrLater } from './operations/report-now-or-later.js'
import { TopologyBody } from './kubernetes-objects.js'
import { sample } from './openapi/sample.js'
import { sampleReport } from './openapi/sample-report.js'
import { ProblemDocument } from './problem-document.js'
import { FormatName, mannerOf, otherTypes, reportFormat } from './report-format.js'
import type { RestDependencies, Routes } from './routes.js'
import { problems, StreamCluster, TopologyPath } from './shapes.js'
import { uploadedBy } from './uploads/uploaded.js'

const CheckQuery = Type.Object(
  {
    against: Type.Optional(
      Type.String({
        pattern: refPattern,
        default: 'latest',
        description: 'the version to follow: a number, `latest`, a tag, or `sha256:…`',
      }),
    ),
    strictStatus: Type.Optional(Type.Boolean({ description: 'answer 422 for every verdict but PASS' })),
    format: FormatName,
    cluster: StreamCluster,
  },
  { additionalProperties: false },
)

const { topology, number, contentHash } = sample.version
const example: Check = {
  verdict: 'PASS',
  reasons: [],
  against: { topology, number, contentHash },
  compatibility: 'NONE',
  report: sampleReport,
  assertions: [],
  new: [],
}

/** May a candidate follow a stored version? */
export function checkRoute(routes: Routes, dependencies: RestDependencies, operations: OperationBook): void {
  const schema = {
    tags: ['validate'],
    operationId: 'checkCandidate',
    summary: 'May this document follow that version? Its report with what is new, its assertions, and every reason; nothing is stored',
    params: TopologyPath,
    querystring: CheckQuery,
    response: { 200: Check, 202: Operation, ...problems(404, 406, 413, 415), 422: Type.Union([Check, ProblemDocument]) },
    'x-notes': {
      document: { request: TopologyBody },
      files: true,
      otherTypes,
      requestHeaders: [preferHeader],
      example: { request: sample.document, answer: example },
    },
  }
  routes.post('/topologies/:name/check', { schema }, async (request, reply) => {
    const { against = 'latest', cluster, strictStatus } = request.query
    const format = reportFormat(request)
    const isLater = prefersLater(request)
    const manner = mannerOf(isLater ? 'json' : format, dependencies.limits.answer)
    const candidate = await uploadedBy(request, cluster)
    const address = { topology: request.params.name, ref: against }
    const needs = dependencies.of(request)
    const work = (signal?: WorkSignal): Promise<WrittenReport> => checkCandidate(needs, { ...candidate, signal }, address, manner)
    return reportNowOrLater(reply, operations, { owner: needs.caller.id, kind: 'CHECK', isLater, strict: strictStatus }, work)
  })
}
