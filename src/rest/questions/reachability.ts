import Type from 'typebox'
import { ReachabilityQuestion } from '#engine/model/question'
import { Reachability } from '#engine/model/reachability'
import { askReachability } from '#operations/questions/ask-reachability'
import { askReachabilityBatch } from '#operations/questions/ask-reachability-batch'
import { sample } from '../openapi/sample.js'
import { problemDocument } from '../problem-document.js'
import type { RestDependencies, Routes } from '../routes.js'
import { aboutVersion, contentAt, questionProblems } from './about-version.js'
import { ReachabilityAnswers, ReachabilityQuestions } from './reachability-questions.js'

const step = {
  stage: 'NAME',
  outcome: 'STOPPED',
  reason: 'NAME_NOT_RESOLVED',
  message: '`reviews` is not a name in cluster `east`',
  because: [sample.service],
  hop: null,
}
const example = {
  request: { from: sample.client, to: { host: 'reviews', port: 9080 } },
  answer: {
    verdict: 'UNREACHABLE',
    reason: 'NAME_NOT_RESOLVED',
    summary: '`west/shop/client` cannot reach `reviews`: the name does not resolve',
    steps: [step],
    endpoints: [],
    conditions: [],
    assumptions: [],
    validUntil: null,
    remedies: [],
  },
}

export function reachabilityRoute(routes: Routes, dependencies: RestDependencies): void {
  const schema = {
    ...aboutVersion,
    operationId: 'askReachability',
    summary: 'Can this workload call that host, and why? One call, or up to 1,000',
    body: Type.Union([ReachabilityQuestion, ReachabilityQuestions]),
    response: { 200: Type.Union([Reachability, ReachabilityAnswers]), ...questionProblems },
    'x-notes': { example },
  }
  routes.post('/topologies/:name/versions/:ref/reachability', { schema }, async (request) => {
    const { params, body } = request
    const needs = dependencies.of(request)
    const content = await contentAt(needs, params)
    if (!('calls' in body)) return askReachability(needs, content, body)
    const { answers } = await askReachabilityBatch(needs, content, body)
    return { answers: answers.map((answer) => ('problem' in answer ? { problem: problemDocument(answer.problem) } : answer)) }
  })
}
