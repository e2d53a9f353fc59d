import type { ReasonCode } from '../../model/reasons.js'
import type { Look } from '../call/look.js'
import type { Recorder } from '../call/recorder.js'
import type { ListedEndpoint } from './listed-endpoint.js'
import { nothingSpoken, type SpokenFor } from './merge-steps.js'
import type { Assumption, Condition } from '../../model/step.js'
import type { UntoldStep } from '../call/untold-step.js'
import type { Verdict } from '../../model/verdict.js'

/** An answer before it is put into words: of a whole question, or of one of its parts (a workload, a port, a route's share). */
export interface Trace {
  readonly verdict: Verdict
  /** Code of the step that decided. */
  readonly reason: ReasonCode
  /** One a stage: of several legs the deciding one's. */
  readonly steps: readonly UntoldStep[]
  /** The step that the verdict comes from, one of `steps` or what one of them sums up; undefined: all that were taken let the call pass. */
  readonly decidedBy: UntoldStep | undefined
  /** Of steps that may sum up more than they say. */
  readonly spoken: SpokenFor
  readonly endpoints: readonly ListedEndpoint[]
  readonly conditions: readonly Condition[]
  readonly assumptions: readonly Assumption[]
  /** Milliseconds since the epoch; undefined when no certificate decided anything. */
  readonly validUntil: number | undefined
  /** What of the client, beyond its kind, had a say: its locality in the shares of the traffic (LB-1), its node, its address. */
  readonly lookedAt: readonly Look[]
  /** How many of several callers get through, in a sentence; undefined: all end alike, or there is one. */
  readonly callers: string | undefined
}

/** The same with these assumptions; laid out as every other, so that whoever reads traces reads them fast. */
export const withAssumptions = (trace: Trace, assumptions: readonly Assumption[]): Trace => ({
  verdict: trace.verdict,
  reason: trace.reason,
  steps: trace.steps,
  decidedBy: trace.decidedBy,
  spoken: trace.spoken,
  endpoints: trace.endpoints,
  conditions: trace.conditions,
  assumptions,
  validUntil: trace.validUntil,
  lookedAt: trace.lookedAt,
  callers: trace.callers,
})

/** A part of a question, what to call it (`port 80`, `workload web`), and how much of the traffic it is. */
export interface TracePart {
  readonly label: string
  readonly share: number
  readonly trace: Trace
}

/** The trace of a call that the last of the recorded stages ended. */
export const endedTrace = (
  { steps, assumptions, lookedAt }: Pick<Recorder, 'steps' | 'assumptions' | 'lookedAt'>,
  because: 'STOPPED' | 'UNDETERMINED',
  endpoints: readonly ListedEndpoint[] = [],
): Trace => ({
  verdict: because === 'STOPPED' ? 'UNREACHABLE' : 'UNDETERMINED',
  reason: steps.at(-1)?.reason ?? 'INPUT_MISSING',
  steps,
  decidedBy: steps.at(-1),
  spoken: nothingSpoken,
  endpoints,
  conditions: [],
  assumptions,
  validUntil: undefined,
  lookedAt,
  callers: undefined,
})
