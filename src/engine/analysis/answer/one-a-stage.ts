/**
 * Which step stands for a stage that a call went through on several legs?
 *
 * The one that decided, else one that did not simply pass. Of those that passed, the leg to the server tells of what happens there, and the client
 * of what it was given: the rest stands with each endpoint.
 */
import type { UntoldStep } from '../call/untold-step.js'
import { type Stage, Stage as stageSchema } from '../../model/verdict.js'

const stages: readonly Stage[] = stageSchema.enum

/** Stages before any packet leaves. */
const atTheClient: ReadonlySet<Stage> = new Set<Stage>(['NAME', 'SCOPE', 'ROUTE', 'DISCOVERY'])

const isPlain = ({ outcome }: UntoldStep): boolean => outcome === 'PASSED' || outcome === 'NOT_APPLICABLE'

const isBetter = (known: UntoldStep, step: UntoldStep, decidedBy: UntoldStep | undefined): boolean => {
  if (known === decidedBy || step === decidedBy) return step === decidedBy
  if (isPlain(known) !== isPlain(step)) return isPlain(known)
  return !atTheClient.has(step.stage)
}

export function oneAStage(steps: readonly UntoldStep[], decidedBy: UntoldStep | undefined): readonly UntoldStep[] {
  const chosen = new Map<Stage, UntoldStep>()
  for (const step of steps) {
    const known = chosen.get(step.stage)
    if (known === undefined || isBetter(known, step, decidedBy)) chosen.set(step.stage, step)
  }
  return chosen.size === steps.length ? steps : [...chosen.values()]
}

/** The same for the steps of a whole call, in the order of the stages. */
export function byStage(steps: readonly UntoldStep[], decidedBy: UntoldStep | undefined): readonly UntoldStep[] {
  const once = oneAStage(steps, decidedBy)
  return stages.flatMap((stage) => once.filter((step) => step.stage === stage))
}
