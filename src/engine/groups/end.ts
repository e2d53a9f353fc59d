import type { ListedEndpoint } from '../analysis/answer/listed-endpoint.js'
import type { Trace } from '../analysis/answer/trace.js'
import { combineVerdicts, decidingPart } from '../analysis/answer/combine-verdicts.js'
import type { Client } from '../analysis/call/call.js'
import { undetermined } from '../analysis/call/outcome.js'
import type { Endpoint } from '../istiod/endpoints/endpoint.js'
import type { ReasonCode } from '../model/reasons.js'
import type { ResourceRef } from '../model/resource-ref.js'
import type { Assumption, Condition } from '../model/step.js'
import type { Verdict } from '../model/verdict.js'
import type { Workload } from '../snapshot/workloads/workload.js'

/** What a call came to, as far as it can be told of several at once. */
export interface End {
  readonly verdict: Verdict
  readonly reason: ReasonCode
  readonly conditions: readonly Condition[]
  readonly because: readonly ResourceRef[]
  readonly assumptions: readonly Assumption[]
  /** Ends with one key are told as one. */
  readonly key: string
}

/** Who of the servers counts, and of what is found there; undefined: all. */
export type Means = ((workload: Workload, endpoint: Pick<Endpoint, 'portName'>) => boolean) | undefined

const isOf = (a: ResourceRef, b: ResourceRef): boolean =>
  a.name === b.name && a.kind === b.kind && a.namespace === b.namespace && a.cluster === b.cluster

const mostRefs = 5

const keyOf = (ref: ResourceRef): string => `${ref.cluster}/${ref.kind}/${ref.namespace}/${ref.name} ${ref.path}`

type Told = Pick<Trace, 'verdict' | 'reason' | 'conditions' | 'decidedBy' | 'assumptions'>

/** The end of a trace for whoever asked; what decided is told without the caller itself, which stands for others. */
export function endOf(trace: Trace, client: Pick<Client, 'workload'> | undefined, means: Means): End {
  const { verdict, reason, conditions, decidedBy, assumptions } = toServers(trace, means)
  const own = client?.workload.ref
  const because = (decidedBy?.because ?? []).filter((ref) => own === undefined || !isOf(ref, own)).slice(0, mostRefs)
  const depends = conditions.map(({ code, on, message }) => `${code} ${on} ${message}`)
  return { verdict, reason, conditions, because, assumptions, key: [verdict, reason, ...depends, ...because.map(keyOf)].join('\n') }
}

/**
 * A call of which only some servers count: what becomes of what is sent to these, whenever something is. At a gateway that goes on by itself those meant may
 * stand behind it, and of a path that ends at nobody who is known it cannot be told. What is never sent anything does not count.
 */
function toServers(trace: Trace, means: Means): Told {
  if (means === undefined) return trace
  const given = trace.endpoints.filter(({ priority }) => priority !== null)
  const meant = given.filter(({ path: { server, endpoint }, end }) => server === undefined || end.ledOn || means(server, endpoint))
  const { assumptions } = trace
  if (meant.length === 0) {
    if (trace.verdict === 'UNREACHABLE' || trace.verdict === 'UNDETERMINED') return trace
    return { verdict: 'UNREACHABLE', reason: 'NO_ENDPOINTS', conditions: [], decidedBy: undefined, assumptions }
  }
  if (meant.length === given.length && !meant.some(arrivesAtNobodyKnown)) return trace
  const ends = meant.map((one) => (arrivesAtNobodyKnown(one) ? notKnownWho(one) : one.end))
  const verdict = combineVerdicts(ends.map((end) => end.verdict))
  const { reason, decidedBy } = decidingPart(verdict, ends)
  const isDelivered = verdict === 'REACHABLE' && trace.verdict === 'REACHABLE'
  const conditions = verdict === 'AMBIGUOUS' ? trace.conditions : []
  return { verdict, reason: isDelivered ? trace.reason : reason, conditions, decidedBy, assumptions }
}

const arrivesAtNobodyKnown = ({ path: { server }, end }: ListedEndpoint): boolean =>
  server === undefined && !end.ledOn && (end.verdict === 'REACHABLE' || end.verdict === 'AMBIGUOUS')

function notKnownWho({ path: { endpoint } }: ListedEndpoint): Pick<Trace, 'verdict' | 'reason' | 'decidedBy'> {
  const { step } = undetermined('DISCOVERY', `nothing says who stands at \`${endpoint.address}\``, endpoint.because)
  return { verdict: 'UNDETERMINED', reason: step.reason, decidedBy: step }
}
