import type { FastifyReply, FastifyRequest } from 'fastify'
import { EffectivePolicy } from '#engine/model/groups/effective-policy'
import { EffectivePolicyQuestion, GroupQuestion, IsolationQuestion } from '#engine/model/groups/group-question'
import { GroupedCalls, Isolation } from '#engine/model/groups/grouped-calls'
import { Operation } from '#engine/model/operation'
import type { WorkSignal } from '#engine/model/work-signal'
import type { Dependencies } from '#operations/dependencies'
import { askCallers } from '#operations/questions/ask-callers'
import { askEffectivePolicy } from '#operations/questions/ask-effective-policy'
import { askIsolation } from '#operations/questions/ask-isolation'
import { askReach } from '#operations/questions/ask-reach'
import { preferHeader, prefersLater, sendOperation } from '../operations/prefers-later.js'
import type { OperationBook } from '../operations/operation-book.js'
import type { RestDependencies, Routes } from '../routes.js'
import { aboutVersion, contentAt, questionProblems } from './about-version.js'
import { groupExamples } from './group-examples.js'

const later = { 202: Operation, ...questionProblems }
const notes = { requestHeaders: [preferHeader] }

const at = (question: string) => `/topologies/:name/versions/:ref/${question}` as const

/** The question turned round: who can call, whom it can call, what is between two, and what is in force. */
export function groupRoutes(routes: Routes, dependencies: RestDependencies, operations: OperationBook): void {
  const answering = nowOrLater(dependencies, operations)
  const of = (operationId: 'askCallers' | 'askReach', summary: string, example: object) => ({
    ...aboutVersion,
    operationId,
    summary,
    body: GroupQuestion,
    response: { 200: GroupedCalls, ...later },
    'x-notes': { ...notes, example },
  })
  const callers = of('askCallers', 'Who can call this, and who cannot, and why?', groupExamples.callers)
  routes.post(at('callers'), { schema: callers }, answering('CALLERS', askCallers))
  const reach = of('askReach', 'Whom can this call, and whom not, and why?', groupExamples.reach)
  routes.post(at('reach'), { schema: reach }, answering('REACH', askReach))
  const isolation = {
    ...aboutVersion,
    operationId: 'askIsolation',
    summary: 'Is there no call between these two, in either direction, and which calls break it?',
    body: IsolationQuestion,
    response: { 200: Isolation, ...later },
    'x-notes': { ...notes, example: groupExamples.isolation },
  }
  routes.post(at('isolation'), { schema: isolation }, answering('ISOLATION', askIsolation))
  effectivePolicyRoute(routes, dependencies)
}

type Content = Awaited<ReturnType<typeof contentAt>>
type Ask<Question, Answer> = (needs: Dependencies, content: Content, question: Question, signal?: WorkSignal) => Promise<Answer>

/** Answers at once, or as an operation where that is preferred. Those who are shown the things of some tenants follow no operations: they wait. */
const nowOrLater =
  (dependencies: RestDependencies, operations: OperationBook) =>
  <Question, Answer extends GroupedCalls | Isolation>(kind: Operation['kind'], ask: Ask<Question, Answer>) =>
  async (
    request: FastifyRequest & { readonly params: { readonly name: string; readonly ref: string }; readonly body: Question },
    reply: FastifyReply,
  ) => {
    const needs = dependencies.of(request)
    const content = await contentAt(needs, request.params)
    const work = (signal?: WorkSignal): Promise<Answer> => ask(needs, content, request.body, signal)
    const mayWait = prefersLater(request) && content.view === undefined
    return mayWait ? sendOperation(reply, operations.start(needs.caller.id, kind, work)) : work()
  }

function effectivePolicyRoute(routes: Routes, dependencies: RestDependencies): void {
  const schema = {
    ...aboutVersion,
    operationId: 'askEffectivePolicy',
    summary: 'What is in force for this workload, port by port, and what overrides what?',
    body: EffectivePolicyQuestion,
    response: { 200: EffectivePolicy, ...questionProblems },
    'x-notes': { example: groupExamples.effectivePolicy },
  }
  routes.post(at('effective-policy'), { schema }, async (request) => {
    const needs = dependencies.of(request)
    return askEffectivePolicy(needs, await contentAt(needs, request.params), request.body)
  })
}
