/**
 * Which step stands for a stage that a call went through on several legs?
 *
 * The one that decided, else one that did not simply pass. Of those that passed, the leg to the server tells of what happens there, and the client
 * of what it was given: the rest stands with each endpoint.
 */
import type { Step } from '../../model/step.js'
import { type Stage, Stage as stageSchema } from '../../model/verdict.js'

const stages: readonly Stage[] = stageSchema.enum

/** Stages before any packet leaves. */
const atTheClient: ReadonlySet<Stage> = new Set<Stage>(['NAME', 'SCOPE', 'ROUTE', 'DISCOVERY'])

const isPlain = ({ outcome }: Step): boolean => outcome === 'PASSED' || outcome === 'NOT_APPLICABLE'

const isBetter = (known: Step, step: Step, decidedBy: Step | undefined): boolean => {
  if (known === decidedBy || step === decidedBy) return step === decidedBy
  if (isPlain(known) !== isPlain(step)) return isPlain(known)
  return !atTheClient.has(step.stage)
}

const isOneLeg = (steps: readonly Step[]): boolean => steps.every(({ hop }) => hop === null || hop.index === 0)

export function oneAStage(steps: readonly Step[], decidedBy: Step | undefined): readonly Step[] {
  if (isOneLeg(steps)) return steps
  const chosen = new Map<Stage, Step>()
  for (const step of steps) {
    const known = chosen.get(step.stage)
    if (known === undefined || isBetter(known, step, decidedBy)) chosen.set(step.stage, step)
  }
  return chosen.size === steps.length ? steps : [...chosen.values()]
}

/** The same for the steps of a whole call, in the order of the stages. */
export function inOrder(steps: readonly Step[], decidedBy: Step | undefined): readonly Step[] {
  const once = oneAStage(steps, decidedBy)
  return once === steps ? steps : sorted(once)
}

/** Also where no stage stands twice, but legs of the call follow each other. */
export const byStage = (steps: readonly Step[], decidedBy: Step | undefined): readonly Step[] => sorted(oneAStage(steps, decidedBy))

const sorted = (steps: readonly Step[]): readonly Step[] => stages.flatMap((stage) => steps.filter((step) => step.stage === stage))
