import type { ReasonCode } from '../../model/reasons.js'
import type { ListedEndpoint } from './listed-endpoint.js'
import type { Assumption, Condition, Step } from '../../model/step.js'
import type { Verdict } from '../../model/verdict.js'

/** An answer before it is put into words: of a whole question, or of one of its parts (a workload, a port, a route's share). */
export interface Trace {
  readonly verdict: Verdict
  /** Code of the step that decided. */
  readonly reason: ReasonCode
  readonly steps: readonly Step[]
  readonly endpoints: readonly ListedEndpoint[]
  readonly conditions: readonly Condition[]
  readonly assumptions: readonly Assumption[]
  /** Milliseconds since the epoch; undefined when no certificate decided anything. */
  readonly validUntil: number | undefined
  /** True where the client's own place (locality, node) had a say in the shares of the traffic (LB-1). */
  readonly byPlace: boolean
}

/** A part of a question, what to call it (`port 80`, `workload web`), and how much of the traffic it is. */
export interface TracePart {
  readonly label: string
  readonly share: number
  readonly trace: Trace
}

/** The trace of a call that one stage ended. */
export const endedTrace = (
  steps: readonly Step[],
  because: 'STOPPED' | 'UNDETERMINED',
  assumptions: readonly Assumption[],
  endpoints: readonly ListedEndpoint[] = [],
): Trace => ({
  verdict: because === 'STOPPED' ? 'UNREACHABLE' : 'UNDETERMINED',
  reason: steps.at(-1)?.reason ?? 'INPUT_MISSING',
  steps,
  endpoints,
  conditions: [],
  assumptions,
  validUntil: undefined,
  byPlace: false,
})
