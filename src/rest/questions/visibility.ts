import Type from 'typebox'
import { VisibilityQuestion } from '#engine/model/question'
import { ServiceVisibility } from '#engine/model/visibility'
import { askVisiblePage } from '#operations/questions/ask-visible-page'
import { sample } from '../openapi/sample.js'
import type { RestDependencies, Routes } from '../routes.js'
import { sendWritten } from '../send-written.js'
import { aboutVersion, contentAt, questionProblems } from './about-version.js'

const { client, service, lastPage } = sample
const example = {
  request: { from: client, first: 20 },
  answer: {
    services: [
      { host: 'reviews.shop.svc.cluster.local', namespace: 'shop', resolvesTo: ['10.255.10.7'], because: [service], ports: [], routes: [] },
    ],
    hidden: [
      {
        host: 'ledger.bank.svc.cluster.local',
        namespace: 'bank',
        reason: 'NOT_EXPORTED',
        message: '`ledger.bank.svc.cluster.local` is not exported to namespace `shop`',
        because: [],
      },
    ],
    assumptions: [],
    page: lastPage,
  },
}

export function visibilityRoute(routes: Routes, dependencies: RestDependencies): void {
  const schema = {
    ...aboutVersion,
    operationId: 'askVisibility',
    summary: 'Which services does this workload see, and which not, and why?',
    body: VisibilityQuestion,
    response: { 200: Type.Unsafe<Buffer>(ServiceVisibility), ...questionProblems },
    'x-notes': { example },
  }
  routes.post('/topologies/:name/versions/:ref/visibility', { schema }, async (request, reply) => {
    const needs = { ...dependencies.of(request), answerLimit: dependencies.limits.answer }
    return sendWritten(reply, await askVisiblePage(needs, await contentAt(needs, request.params), request.body))
  })
}
