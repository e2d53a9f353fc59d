import type { FastifyRequest } from 'fastify'
import { EffectivePolicy } from '#engine/model/groups/effective-policy'
import { EffectivePolicyQuestion, GroupQuestion, IsolationQuestion } from '#engine/model/groups/group-question'
import { GroupedCalls, Isolation } from '#engine/model/groups/grouped-calls'
import { Operation } from '#engine/model/operation'
import type { WorkSignal } from '#engine/model/work-signal'
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

/** Those who are shown the things of some tenants follow no operations: they wait. */
const mayBeLater = (request: FastifyRequest, { view }: { readonly view?: unknown }): boolean => prefersLater(request) && view === undefined

/** The question turned round: who can call, whom it can call, what is between two, and what is in force. */
export function groupRoutes(routes: Routes, dependencies: RestDependencies, operations: OperationBook): void {
  const of = (operationId: 'askCallers' | 'askReach', summary: string, example: object) => ({
    ...aboutVersion,
    operationId,
    summary,
    body: GroupQuestion,
    response: { 200: GroupedCalls, ...later },
    'x-notes': { ...notes, example },
  })
  const callers = of('askCallers', 'Who can call this, and who cannot, and why?', groupExamples.callers)
  routes.post('/topologies/:name/versions/:ref/callers', { schema: callers }, async (request, reply) => {
    const needs = dependencies.of(request)
    const content = await contentAt(needs, request.params)
    const work = (signal?: WorkSignal): Promise<GroupedCalls> => askCallers(needs, content, request.body, signal)
    return mayBeLater(request, content) ? sendOperation(reply, operations.start(needs.caller.id, 'CALLERS', work)) : work()
  })
  const reach = of('askReach', 'Whom can this call, and whom not, and why?', groupExamples.reach)
  routes.post('/topologies/:name/versions/:ref/reach', { schema: reach }, async (request, reply) => {
    const needs = dependencies.of(request)
    const content = await contentAt(needs, request.params)
    const work = (signal?: WorkSignal): Promise<GroupedCalls> => askReach(needs, content, request.body, signal)
    return mayBeLater(request, content) ? sendOperation(reply, operations.start(needs.caller.id, 'REACH', work)) : work()
  })
  isolationRoute(routes, dependencies, operations)
  effectivePolicyRoute(routes, dependencies)
}

function isolationRoute(routes: Routes, dependencies: RestDependencies, operations: OperationBook): void {
  const schema = {
    ...aboutVersion,
    operationId: 'askIsolation',
    summary: 'Is there no call between these two, in either direction, and which calls break it?',
    body: IsolationQuestion,
    response: { 200: Isolation, ...later },
    'x-notes': { ...notes, example: groupExamples.isolation },
  }
  routes.post('/topologies/:name/versions/:ref/isolation', { schema }, async (request, reply) => {
    const needs = dependencies.of(request)
    const content = await contentAt(needs, request.params)
    const work = (signal?: WorkSignal): Promise<Isolation> => askIsolation(needs, content, request.body, signal)
    return mayBeLater(request, content) ? sendOperation(reply, operations.start(needs.caller.id, 'ISOLATION', work)) : work()
  })
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
  routes.post('/topologies/:name/versions/:ref/effective-policy', { schema }, async (request) => {
    const needs = dependencies.of(request)
    return askEffectivePolicy(needs, await contentAt(needs, request.params), request.body)
  })
}
