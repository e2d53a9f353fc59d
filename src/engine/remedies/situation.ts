import type { Client, ResolvedCall } from '../analysis/call/call.js'
import { isProblem } from '../model/app-error.js'
import { type ListedEndpoint, showEndpoint } from '../analysis/answer/listed-endpoint.js'
import { resolveSource } from '../analysis/caller/resolve-source.js'
import type { Trace } from '../analysis/answer/trace.js'
import type { NetworkPath } from '../analysis/call/stage-values.js'
import { visitorsOf } from '../analysis/entrance/visitors-of.js'
import { askedBy, callOf } from '../analysis/call/call-of.js'
import { stepTeller, type UntoldStep } from '../analysis/call/untold-step.js'
import type { ReachabilityQuestion } from '../model/question.js'
import type { EndpointPath } from '../model/reachability.js'
import type { ReasonCode } from '../model/reasons.js'
import type { ResourceRef } from '../model/resource-ref.js'
import type { Snapshot } from '../snapshot/snapshot.js'

/** An endpoint that the call does not get to, and the step that says so. */
export interface FailingPath extends EndpointPath {
  readonly decidedBy: UntoldStep | undefined
}

/** A call that does not arrive, as proposals look at it. */
export interface Situation {
  readonly snapshot: Snapshot
  readonly question: ReachabilityQuestion
  readonly at: number
  readonly clients: readonly Client[]
  /** One for each client. */
  readonly calls: readonly ResolvedCall[]
  /** Endpoints that the call does not get to, those in use if there are any. */
  readonly failing: readonly FailingPath[]
  /** The same, as the network leads to them. */
  readonly paths: readonly NetworkPath[]
  /** What the step that decided about the answer as a whole names. */
  readonly blamed: readonly ResourceRef[]
  /** Codes of everything that the trace ran into, the one that decided among them. */
  readonly reasons: ReadonlySet<string>
}

/** What a trace that failed has to say; undefined where no single cause is plain. */
export const situationOf = (snapshot: Snapshot, question: ReachabilityQuestion, trace: Trace, at: number): Situation | undefined => {
  const listed = failingPaths(trace)
  const tell = stepTeller({ message: true })
  const failing = listed.map((one): FailingPath => ({ ...showEndpoint(one, tell), decidedBy: one.end.decidedBy }))
  if (trace.verdict === 'AMBIGUOUS' && new Set(failing.map(({ reason }) => reason)).size !== 1) return undefined
  const clients = clientsOf(snapshot, question)
  if (clients === undefined) return undefined
  const steps = [...trace.steps, ...failing.flatMap((path) => path.steps)]
  const asked = askedBy(question, at)
  return {
    snapshot,
    question,
    at,
    clients,
    calls: clients.map((client) => callOf(client, asked)),
    failing,
    paths: listed.map(({ path }) => path),
    blamed: trace.decidedBy?.because ?? [],
    reasons: new Set([trace.reason, ...failing.map(({ reason }) => reason), ...steps.map(({ reason }) => reason)]),
  }
}

/** A client outside is nobody's workload. */
const clientsOf = (snapshot: Snapshot, question: ReachabilityQuestion): readonly Client[] | undefined => {
  if (question.from.outside === true) return visitorsOf(snapshot)
  const source = resolveSource(snapshot, question.from)
  return isProblem(source) ? undefined : source.clients
}

const failingPaths = ({ endpoints }: Trace): readonly ListedEndpoint[] => {
  const failing = endpoints.filter(({ end }) => end.verdict === 'UNREACHABLE')
  const inUse = failing.filter((path) => path.share > 0)
  return inUse.length > 0 ? inUse : failing
}

/** Endpoints that failed for this reason. */
export const failedFor = ({ failing }: Situation, reason: ReasonCode): readonly FailingPath[] =>
  failing.filter((path) => path.reason === reason)

/** What the step that ended a path names. */
export const blamedBy = ({ decidedBy }: FailingPath): readonly ResourceRef[] => decidedBy?.because ?? []
