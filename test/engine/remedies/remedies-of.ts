import * as yaml from 'js-yaml'
import { isProblem } from '#engine/model/app-error'
import { traceCall } from '#engine/analysis/trace-call'
import type { ReachabilityQuestion } from '#engine/model/question'
import type { Remedy } from '#engine/model/step'
import { remedyFinder } from '#engine/remedies/find-remedies'
import type { Snapshot } from '#engine/snapshot/snapshot'

export const moment = Date.parse('2026-11-20T12:00:00Z')

type Request = Pick<ReachabilityQuestion['to'], 'method' | 'path'>

/** `cluster/namespace/workload` calls `host:port`. */
export const asks = (from: string, to: string, request?: Request): ReachabilityQuestion => {
  const [cluster = '', namespace = '', workload = ''] = from.split('/')
  const [host = '', port = ''] = to.split(':')
  return { from: { cluster, namespace, workload }, to: { host, port: Number(port), ...request } }
}

export const traceOf = (snapshot: Snapshot, question: ReachabilityQuestion) => {
  const trace = traceCall(snapshot, question, moment)
  if (isProblem(trace)) throw new Error(trace.problem.message)
  return trace
}

/** Why the call fails, and what would turn that. */
export const remediesOf = (
  snapshot: Snapshot,
  from: string,
  to: string,
  request?: Request,
): { readonly verdict: string; readonly reason: string; readonly remedies: readonly Remedy[] } => {
  const question = asks(from, to, request)
  const trace = traceOf(snapshot, question)
  return { verdict: trace.verdict, reason: trace.reason, remedies: remedyFinder(snapshot)(question, trace, moment) }
}

/** The objects of a remedy's manifest. */
export const objectsOf = ({ manifest }: Pick<Remedy, 'manifest'>): unknown[] => yaml.loadAll(manifest ?? '')
