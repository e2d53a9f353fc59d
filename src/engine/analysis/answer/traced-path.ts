import type { ReasonCode } from '../../model/reasons.js'
import type { Verdict } from '../../model/verdict.js'
import type { Outcome } from '../call/outcome.js'
import type { Recorder } from '../call/recorder.js'
import type { NetworkPath } from '../call/stage-values.js'

/** How far a call gets, and with what conditions: one object for all paths that end alike. */
export interface PathEnd {
  readonly verdict: Verdict
  readonly reason: ReasonCode
  readonly recorder: Recorder
  /** True when the call got to the server's proxy or process. */
  readonly arrived: boolean
  /** Milliseconds since the epoch; undefined when no certificate was looked at. */
  readonly validUntil: number | undefined
}

export interface TracedPath {
  readonly path: NetworkPath
  readonly end: PathEnd
}

/** What the stages after NETWORK said of a path, and which of them ended it. */
export interface AfterNetwork {
  readonly recorder: Recorder
  readonly ended: (Outcome<unknown> & { readonly passed: false }) | undefined
  readonly validUntil: number | undefined
}

/** The end of a path that `outcome` stopped. */
export const stoppedEnd = (recorder: Recorder, outcome: Outcome<unknown> & { readonly passed: false }): PathEnd => ({
  verdict: outcome.because === 'STOPPED' ? 'UNREACHABLE' : 'UNDETERMINED',
  reason: outcome.step.reason,
  recorder,
  arrived: false,
  validUntil: undefined,
})
