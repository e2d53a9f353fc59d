import type { Assumption, Condition, Step } from '../model/step.js'

/** What a stage returns: a step for the trace and, unless it stopped the call, input for the next stage. */
export type Outcome<T> = { readonly step: Step; readonly assumptions: readonly Assumption[] } & (
  | { readonly passed: true; readonly value: T; readonly conditions: readonly Condition[] }
  | { readonly passed: false; readonly because: 'STOPPED' | 'UNDETERMINED' }
)
