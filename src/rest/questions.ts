import Type from 'typebox'
import { IdentityTrust } from '#engine/model/identity-trust'
import { Moment, ReachabilityQuestion, TrustQuestion, VisibilityQuestion } from '#engine/model/question'
import { Reachability } from '#engine/model/reachability'
import { ServiceVisibility } from '#engine/model/visibility'
import { askReachability } from '#operations/ask-reachability'
import { askReachabilityBatch } from '#operations/ask-reachability-batch'
import { askTrust } from '#operations/ask-trust'
import { askVisibility } from '#operations/ask-visibility'
import { readVersion } from '#operations/read-version'
import { ProblemDocument, problemDocument } from './problem.js'
import type { RestDependencies, Routes } from './routes.js'
import { problems, VersionPath } from './shapes.js'

const Batch = Type.Object(
  { calls: Type.Array(ReachabilityQuestion, { minItems: 1, maxItems: 1000 }), at: Moment },
  { additionalProperties: false },
)
const Answers = Type.Object({ answers: Type.Array(Type.Union([Reachability, Type.Object({ problem: ProblemDocument })])) })

const tags = ['questions']

/** The three questions about a version. */
export function questionRoutes(routes: Routes, dependencies: RestDependencies): void {
  routes.post(
    '/topologies/:name/versions/:ref/reachability',
    {
      schema: {
        operationId: 'askReachability',
        summary: 'Can this workload call that host, and why? One call, or up to 1,000',
        tags,
        params: VersionPath,
        body: Type.Union([ReachabilityQuestion, Batch]),
        response: { 200: Type.Union([Reachability, Answers]), ...problems(400, 404, 422) },
      },
    },
    async ({ params, body }) => {
      const { content } = await readVersion(dependencies, { topology: params.name, ref: params.ref })
      if (!('calls' in body)) return askReachability(dependencies, content, body)
      const { answers } = await askReachabilityBatch(dependencies, content, body)
      return { answers: answers.map((answer) => ('problem' in answer ? { problem: problemDocument(answer.problem) } : answer)) }
    },
  )

  routes.post(
    '/topologies/:name/versions/:ref/visibility',
    {
      schema: {
        operationId: 'askVisibility',
        summary: 'Which services does this workload see, and which not, and why?',
        tags,
        params: VersionPath,
        body: VisibilityQuestion,
        response: { 200: ServiceVisibility, ...problems(400, 404, 422) },
      },
    },
    async ({ params, body }) => {
      const { content } = await readVersion(dependencies, { topology: params.name, ref: params.ref })
      return askVisibility(dependencies, content, body)
    },
  )

  routes.post(
    '/topologies/:name/versions/:ref/trust',
    {
      schema: {
        operationId: 'askTrust',
        summary: 'Do these two identities accept each other, in both directions?',
        tags,
        params: VersionPath,
        body: TrustQuestion,
        response: { 200: IdentityTrust, ...problems(400, 404, 422) },
      },
    },
    async ({ params, body }) => {
      const { content } = await readVersion(dependencies, { topology: params.name, ref: params.ref })
      return askTrust(dependencies, content, body)
    },
  )
}
