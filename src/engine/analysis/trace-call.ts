import type { Problem } from '../model/app-error.js'
import { findHeaderFault } from '../model/header-fault.js'
import type { ReachabilityQuestion } from '../model/question.js'
import type { Snapshot } from '../snapshot/snapshot.js'
import type { Client, ResolvedCall } from './call/call.js'
import { combineTraces } from './answer/combine-traces.js'
import { kindOfWorkload } from './likeness/distinct-callers.js'
import { mergeAssumptions } from './answer/combine-verdicts.js'
import { relevantAssumptions } from './answer/relevant-assumptions.js'
import { resolveSource } from './caller/resolve-source.js'
import { followToRoute } from './follow-to-route.js'
import { statedAttributes } from './call/stated-attributes.js'
import { endedTrace, type TracePart, type Trace } from './answer/trace.js'
import { tracePort } from './trace-port.js'

/**
 * Can this workload call that host, and why? Reads top to bottom in the order a call lives:
 * NAME → SCOPE → ROUTE → DISCOVERY, then for each endpoint NETWORK → NETWORK_POLICY → TRANSPORT → TRUST → AUTHORIZATION, and
 * DISTRIBUTION over them all (FLOW-3).
 *
 * `at`: milliseconds since the epoch, the moment at which certificates are judged.
 */
export const traceCall = (snapshot: Snapshot, question: ReachabilityQuestion, at: number): Trace | { readonly problem: Problem } => {
  const fault = findHeaderFault(question.to)
  if (fault !== undefined) return { problem: { code: 'PARAMETER_INVALID', message: fault.detail, details: { errors: [fault] } } }
  const source = resolveSource(snapshot, question.from)
  if ('problem' in source) return source
  const askedPort = question.to.port ?? undefined
  const trace = combineTraces(
    'workload',
    traceClients(source.clients, (client, known) => traceFrom(callOf(client, question, at, known), askedPort)),
  )
  const general = relevantAssumptions(snapshot.assumptions, source.clients, trace)
  return { ...trace, assumptions: mergeAssumptions([source.assumptions, trace.assumptions, general]) }
}

/** One part for each client, but one alone for those that differ by nothing except their place, where place has no say. */
const traceClients = (
  clients: readonly Client[],
  traceOne: (client: Client, known: ResolvedCall['known']) => Trace,
): readonly TracePart[] => {
  const placeless = new Set<string>()
  const memories = new Map<string, ResolvedCall['known']>()
  return clients.flatMap((client) => {
    const kind = clients.length === 1 ? '' : kindOfWorkload(client.workload)
    if (placeless.has(kind)) return []
    const known: ResolvedCall['known'] = memories.get(kind) ?? new Map()
    memories.set(kind, known)
    const trace = traceOne(client, known)
    if (!trace.byPlace) placeless.add(kind)
    const label = `workload \`${client.workload.namespace}/${client.workload.name}\` in \`${client.cluster.name}\``
    return [{ label, share: 1, trace }]
  })
}

/** The question as one of the clients that it means asks it. */
export const callOf = (
  client: Client,
  question: ReachabilityQuestion,
  at: number,
  known: ResolvedCall['known'] = new Map(),
): ResolvedCall => ({
  client,
  host: hostOf(question),
  attributes: statedAttributes(question.to),
  at,
  known,
})

const traceFrom = (call: ResolvedCall, askedPort: number | undefined): Trace => {
  const { recorder, ended, ports } = followToRoute(call, askedPort)
  if (ended !== undefined) return endedTrace(recorder.steps, ended, recorder.assumptions)
  if (ports.length === 0) return portMissing(recorder.steps, recorder.assumptions, call.host)
  const parts = ports.map((route) => ({ label: `port ${route.port}`, share: 1, trace: tracePort(recorder, route, 0) }))
  return combineTraces('port', parts)
}

const portMissing = (steps: Trace['steps'], assumptions: Trace['assumptions'], host: string): Trace =>
  endedTrace(
    [
      ...steps,
      {
        stage: 'ROUTE',
        outcome: 'UNDETERMINED',
        reason: 'INPUT_MISSING',
        message: `nothing says on which port \`${host}\` listens: state the port in the question`,
        because: [],
      },
    ],
    'UNDETERMINED',
    assumptions,
  )

const hostOf = ({ to }: ReachabilityQuestion): string => to.host.toLowerCase().replace(/\.$/, '')
