import { helpOf } from '../answer/help-of.js'
import type { NearMiss, Step } from '../../model/step.js'
import { mayBeNear } from '../near/near-by-code.js'

/** Looks for what nearly had a say; the most telling first. Asked of steps that somebody is told, and of no other. */
export type FindNear = () => readonly NearMiss[]

/** A step as it was taken, before anybody is told of it. */
export type UntoldStep = Omit<Step, 'nearMisses' | 'help'> & { readonly near?: FindNear | undefined }

/** The same with some of it changed; laid out as every other, so that whoever reads steps reads them fast. */
export const changedStep = (step: UntoldStep, changed: Partial<Pick<UntoldStep, 'message' | 'because' | 'near' | 'hop'>>): UntoldStep => ({
  stage: step.stage,
  outcome: step.outcome,
  reason: step.reason,
  message: changed.message ?? step.message,
  because: changed.because ?? step.because,
  near: 'near' in changed ? changed.near : step.near,
  hop: changed.hop ?? step.hop,
})

const mostTold = 5

const keyOf = ({ resource: { cluster, kind, namespace, name }, path }: NearMiss): string => [cluster, kind, namespace, name, path].join(' ')

/** Each object once for each place in it, and no more than somebody reads. */
const told = (found: readonly NearMiss[]): NearMiss[] => {
  const first = new Map<string, NearMiss>()
  for (const one of found) {
    if (first.size === mostTold) break
    const key = keyOf(one)
    if (!first.has(key)) first.set(key, one)
  }
  return [...first.values()]
}

/** The step as an answer tells it. */
export const tellStep = ({ stage, outcome, reason, message, because, near, hop }: UntoldStep): Step => ({
  stage,
  outcome,
  reason,
  message,
  because,
  nearMisses: near === undefined || !mayBeNear(reason) ? [] : told(near()),
  help: helpOf(reason),
  hop,
})

/** Steps that stand in several places of an answer are told once. */
export function stepTeller(isAsked: boolean): (steps: readonly UntoldStep[]) => Step[] {
  const known = new Map<UntoldStep, Step>()
  return (steps) =>
    steps.map((step) => {
      const before = known.get(step)
      if (before !== undefined) return before
      const now = tellStep(isAsked ? step : { ...step, near: undefined })
      known.set(step, now)
      return now
    })
}
