import type { Readable } from 'node:stream'
import Type from 'typebox'
import type { Problem } from '#engine/model/app-error'
import { ReachabilityQuestion } from '#engine/model/question'
import { Reachability } from '#engine/model/reachability'
import type { Written } from '#engine/model/written'
import { askCall } from '#operations/questions/ask-call'
import { askCalls, type WrittenCall } from '#operations/questions/ask-calls'
import { sample } from '../openapi/sample.js'
import { problemDocument } from '../problem-document.js'
import type { RestDependencies, Routes } from '../routes.js'
import { sendPieces, sendWritten } from '../send-written.js'
import { aboutVersion, contentAt, questionProblems } from './about-version.js'
import { ReachabilityAnswers, ReachabilityQuestions } from './reachability-questions.js'

const step = {
  stage: 'NAME',
  outcome: 'STOPPED',
  reason: 'NAME_NOT_RESOLVED',
  message: '`reviews` is not a name in cluster `east`',
  because: [sample.service],
  nearMisses: [{ resource: sample.service, path: null, why: '`reviews` is there in cluster `west`, and not in `east`' }],
  help: '/reasons/NAME_NOT_RESOLVED',
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
    noRemedy: null,
    symptom: 'an error of DNS, and nothing is sent',
  },
}

export function reachabilityRoute(routes: Routes, dependencies: RestDependencies): void {
  const schema = {
    ...aboutVersion,
    operationId: 'askReachability',
    summary: 'Can this workload call that host, and why? One call, or up to 1,000',
    body: Type.Union([ReachabilityQuestion, ReachabilityQuestions]),
    response: { 200: Type.Unsafe<Readable | Buffer>(Type.Union([Reachability, ReachabilityAnswers])), ...questionProblems },
    'x-notes': { example },
  }
  routes.post('/topologies/:name/versions/:ref/reachability', { schema }, async (request, reply) => {
    const { params, body, signal } = request
    const needs = { ...dependencies.of(request), answerLimit: dependencies.limits.answer }
    const content = await contentAt(needs, params)
    if (!('calls' in body)) return sendWritten(reply, await askCall(needs, content, body))
    return sendPieces(reply, inOneList(await askCalls(needs, content, { ...body, gone: signal })))
  })
}

/** A call that cannot be asked about has its problem in its place. */
const inOneList = (answers: readonly WrittenCall[]): readonly Written[] => [
  '{"answers":[',
  ...answers.flatMap((answer, index) => [index === 0 ? '' : ',', 'value' in answer ? answer.value : problemText(answer.problem)]),
  ']}',
]

const problemText = (problem: Problem): string => JSON.stringify({ problem: problemDocument(problem) })
