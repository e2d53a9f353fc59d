import { AuditEntry } from '#engine/model/access/audit'
import { listAudit } from '#operations/audit/list-audit'
import { sample } from '../openapi/sample.js'
import { pageAnswer, pageHeaders } from '../page-answer.js'
import type { RestDependencies, Routes } from '../routes.js'
import { listOf, PageQuery, problems } from '../shapes.js'

const entry = {
  id: 4711,
  at: sample.topology.createdAt,
  who: 'token:5f2c8a1e90b7',
  deed: 'appendVersion',
  address: '192.0.2.7',
  topology: sample.topology.name,
  version: sample.version.number,
  subject: null,
  outcome: 'DONE',
  times: 1,
}

/** What was done and refused. */
export function auditRoute(routes: Routes, dependencies: RestDependencies): void {
  const schema = {
    tags: ['access'],
    operationId: 'listAudit',
    summary: 'What was done and refused, by whom and from where, the newest first',
    querystring: PageQuery,
    response: { 200: listOf(AuditEntry), ...problems() },
    'x-notes': { answerHeaders: pageHeaders, example: { answer: { items: [entry], page: sample.lastPage } } },
  }
  routes.get('/audit', { schema }, async (request, reply) => {
    reply.header('cache-control', 'no-store')
    return pageAnswer(request, reply, await listAudit(dependencies.of(request), request.query))
  })
}
