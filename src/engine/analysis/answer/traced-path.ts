import type { ReasonCode } from '../../model/reasons.js'
import type { UntoldStep } from '../call/untold-step.js'
import type { Verdict } from '../../model/verdict.js'
import type { Outcome } from '../call/outcome.js'
import { emptyRecorder, type Recorder } from '../call/recorder.js'
import type { NetworkPath } from '../call/stage-values.js'

/** How far a call gets, and with what conditions: one object for all paths that end alike. */
export interface PathEnd {
  readonly verdict: Verdict
  readonly reason: ReasonCode
  readonly recorder: Recorder
  /** The step that the verdict comes from; undefined: all that were taken let the call pass. */
  readonly decidedBy: UntoldStep | undefined
  /** A gateway ended the request and made a call of its own (ROUTE-13). */
  readonly ledOn: boolean
  /** True when the call got to the server's proxy or process. */
  readonly arrived: boolean
  /** Milliseconds since the epoch; undefined when no certificate was looked at. */
  readonly validUntil: number | undefined
}

export interface TracedPath {
  readonly path: NetworkPath
  readonly end: PathEnd
  /** The endpoints to which a waypoint at the end of the path goes on, with the steps of both legs: listed instead of its own pod. */
  readonly behind?: readonly Behind[]
}

/** An endpoint behind a waypoint, with its part of what the waypoint sends. */
export interface Behind extends TracedPath {
  readonly priority: number | null
  readonly share: number
}

/** What the stages after NETWORK said of a path, and which of them ended it. */
export interface AfterNetwork {
  readonly recorder: Recorder
  readonly ended: (Outcome<unknown> & { readonly passed: false }) | undefined
  readonly validUntil: number | undefined
}

/** The end of a path that `outcome` stopped, which was recorded last. */
export const stoppedEnd = (recorder: Recorder, outcome: Outcome<unknown> & { readonly passed: false }): PathEnd => ({
  verdict: outcome.because === 'STOPPED' ? 'UNREACHABLE' : 'UNDETERMINED',
  reason: outcome.step.reason,
  recorder,
  decidedBy: recorder.steps.at(-1),
  ledOn: false,
  arrived: false,
  validUntil: undefined,
})

/** The end of a path that is not taken at all. */
export const endedAt = (decidedBy: UntoldStep): PathEnd => ({
  verdict: 'UNREACHABLE',
  reason: decidedBy.reason,
  recorder: { ...emptyRecorder, steps: [decidedBy] },
  decidedBy,
  ledOn: false,
  arrived: false,
  validUntil: undefined,
})
