import { helpOf } from '../answer/help-of.js'
import type { Selection } from '../../model/selection.js'
import type { NearMiss, Step } from '../../model/step.js'
import { mayBeNear } from '../near/near-by-code.js'
import type { Words } from './words.js'

/** Looks for what nearly had a say; the most telling first. Asked of steps that somebody is told, and of no other. */
export type FindNear = () => readonly NearMiss[]

/** A step as it was taken, before anybody is told of it. */
export type UntoldStep = Omit<Step, 'nearMisses' | 'help' | 'message'> & {
  readonly message: string | Words
  readonly near?: FindNear | undefined
}

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

/** Which of what takes time to tell somebody reads. */
interface Read {
  readonly message: boolean
  readonly nearMisses: boolean
}

/** The step as an answer tells it; what nobody reads stays empty. */
const tellStep = ({ stage, outcome, reason, message, because, near, hop }: UntoldStep, read: Read): Step => ({
  stage,
  outcome,
  reason,
  message: read.message ? String(message) : '',
  because,
  nearMisses: !read.nearMisses || near === undefined || !mayBeNear(reason) ? [] : told(near()),
  help: helpOf(reason),
  hop,
})

/** Tells steps as far as their fields are `wanted`; those that stand in several places of an answer are told once. */
export function stepTeller(wanted: Selection | true | undefined): (steps: readonly UntoldStep[]) => Step[] {
  const known = new Map<UntoldStep, Step>()
  const reads = (field: keyof Read): boolean => wanted === undefined || wanted === true || field in wanted
  const read = { message: reads('message'), nearMisses: reads('nearMisses') }
  return (steps) =>
    steps.map((step) => {
      const before = known.get(step)
      if (before !== undefined) return before
      const now = tellStep(step, read)
      known.set(step, now)
      return now
    })
}
