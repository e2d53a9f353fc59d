import Type from 'typebox'
import { IdentityTrust } from '#engine/model/identity-trust'
import { ReachabilityQuestion, TrustQuestion, VisibilityQuestion } from '#engine/model/question'
import { Reachability } from '#engine/model/reachability'
import { ServiceVisibility } from '#engine/model/visibility'
import { askReachability } from '#operations/questions/ask-reachability'
import { askReachabilityBatch } from '#operations/questions/ask-reachability-batch'
import { askTrust } from '#operations/questions/ask-trust'
import { askVisibilityPages } from '#operations/questions/ask-visibility-pages'
import { readContent } from '#operations/documents/read-content'
import { problemDocument } from './problem-document.js'
import { proxyConfigRoute } from './proxy-config.js'
import { ReachabilityAnswers, ReachabilityQuestions } from './reachability-questions.js'
import type { RestDependencies, Routes } from './routes.js'
import { NoQuery, problems, VersionPath } from './shapes.js'

const failures = problems(404, 413, 415, 422)
const about = { tags: ['questions'], params: VersionPath, querystring: NoQuery }
const addressOf = ({ name, ref }: { readonly name: string; readonly ref: string }) => ({ topology: name, ref })

/** The questions about a version. */
export function questionRoutes(routes: Routes, dependencies: RestDependencies): void {
  reachabilityRoute(routes, dependencies)
  proxyConfigRoute(routes, dependencies)

  const visibility = {
    ...about,
    operationId: 'askVisibility',
    summary: 'Which services does this workload see, and which not, and why?',
    body: VisibilityQuestion,
    response: { 200: ServiceVisibility, ...failures },
  }
  routes.post('/topologies/:name/versions/:ref/visibility', { schema: visibility }, async ({ params, body }) =>
    askVisibilityPages(dependencies, await readContent(dependencies, addressOf(params)), body),
  )

  const trust = {
    ...about,
    operationId: 'askTrust',
    summary: 'Do these two identities accept each other, in both directions?',
    body: TrustQuestion,
    response: { 200: IdentityTrust, ...failures },
  }
  routes.post('/topologies/:name/versions/:ref/trust', { schema: trust }, async ({ params, body }) =>
    askTrust(dependencies, await readContent(dependencies, addressOf(params)), body),
  )
}

function reachabilityRoute(routes: Routes, dependencies: RestDependencies): void {
  const schema = {
    ...about,
    operationId: 'askReachability',
    summary: 'Can this workload call that host, and why? One call, or up to 1,000',
    body: Type.Union([ReachabilityQuestion, ReachabilityQuestions]),
    response: { 200: Type.Union([Reachability, ReachabilityAnswers]), ...failures },
  }
  routes.post('/topologies/:name/versions/:ref/reachability', { schema }, async ({ params, body }) => {
    const content = await readContent(dependencies, addressOf(params))
    if (!('calls' in body)) return askReachability(dependencies, content, body)
    const { answers } = await askReachabilityBatch(dependencies, content, body)
    return { answers: answers.map((answer) => ('problem' in answer ? { problem: problemDocument(answer.problem) } : answer)) }
  })
}
