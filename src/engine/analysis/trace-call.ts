import { flatMap } from '../flat-map.js'
import type { Problem } from '../model/app-error.js'
import { findHeaderFault } from '../model/header-fault.js'
import type { ReachabilityQuestion } from '../model/question.js'
import type { Snapshot } from '../snapshot/snapshot.js'
import type { Client, ResolvedCall } from './call/call.js'
import { combineTraces } from './answer/combine-traces.js'
import { createMemory, type Memory } from './likeness/memory.js'
import { type TracedKind, traceKind } from './likeness/trace-kind.js'
import { mergeAssumptions } from './answer/combine-verdicts.js'
import { undetermined } from './call/outcome.js'
import { record, type Recorder } from './call/recorder.js'
import { relevantAssumptions } from './answer/relevant-assumptions.js'
import { resolveSource } from './caller/resolve-source.js'
import { tellCallers } from './answer/tell-callers.js'
import { followToRoute, type ToRoute } from './follow-to-route.js'
import { askedBy, callOf } from './call/call-of.js'
import { combineWays } from './spoken-ways.js'
import { tellLettingIn } from './entrance/tell-letting-in.js'
import { endedTrace, type TracePart, type Trace, withAssumptions } from './answer/trace.js'
import { traceFromOutside } from './trace-from-outside.js'
import { tracePort } from './trace-port.js'

/**
 * Can this workload call that host, and why? Reads top to bottom in the order a call lives:
 * NAME → SCOPE → ROUTE → DISCOVERY, then for each endpoint NETWORK → NETWORK_POLICY → TRANSPORT → TRUST → AUTHORIZATION, and
 * DISTRIBUTION over them all (FLOW-3).
 *
 * `at`: milliseconds since the epoch, the moment at which certificates are judged. `memoryOf` gives each kind of client a memory for the question.
 */
export const traceCall = (
  snapshot: Snapshot,
  question: ReachabilityQuestion,
  at: number,
  memoryOf: (client: Client) => Memory = createMemory,
): Trace | { readonly problem: Problem } => {
  const fault = findHeaderFault(question.to)
  if (fault !== undefined) return { problem: { code: 'PARAMETER_INVALID', message: fault.detail, details: { errors: [fault] } } }
  if (question.from.outside) return traceFromOutside(snapshot, question, at)
  const source = resolveSource(snapshot, question.from)
  if ('problem' in source) return source
  const askedPort = question.to.port ?? undefined
  const asked = askedBy(question, at)
  const traced = flatMap(source.clients, (client) =>
    traceKind(client, memoryOf, (one, memory) => traceFrom(callOf(one, asked), memory, askedPort)),
  )
  const combined = tellCallers(combineTraces('CALLER_DECIDES', traced.map(partOf)), traced)
  const trace = question.from.gateway ? tellLettingIn(combined, source.clients, asked, askedPort) : combined
  const general = relevantAssumptions(snapshot.assumptions, source.clients, trace)
  return withAssumptions(trace, mergeAssumptions([source.assumptions, trace.assumptions, general]))
}

const partOf = ({ client: { workload, cluster }, trace }: TracedKind): TracePart => ({
  label: `workload \`${workload.namespace}/${workload.name}\` in \`${cluster.name}\``,
  share: 1,
  trace,
})

export const traceFrom = (call: ResolvedCall, memory: Memory, askedPort: number | undefined): Trace =>
  traceFollowed(followToRoute(call, askedPort), memory)

/** The same from the route on. */
export const traceFollowed = ({ call, recorder, ended, ports }: ToRoute, memory: Memory): Trace => {
  if (ended !== undefined) return endedTrace(recorder, ended)
  if (ports.length === 0) return portMissing(recorder, call.host)
  const traced = (port: number) => flatMap(ports, (way) => (way.port === port ? tracePort(recorder, way, memory, 0) : []))
  const parts = [...new Set(ports.map(({ port }) => port))].map((port) => ({
    label: `port ${port}`,
    share: 1,
    trace: combineWays(traced(port)),
  }))
  return combineTraces('PORT_DECIDES', parts)
}

const portMissing = (before: Recorder, host: string): Trace => {
  const message = `nothing says on which port \`${host}\` listens: state the port in the question`
  return endedTrace(record(before, undetermined('ROUTE', message)), 'UNDETERMINED')
}
