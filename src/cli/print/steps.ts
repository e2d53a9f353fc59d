import type { Step } from '#engine/model/step'
import { type Paint, shadeOf } from './paint.js'
import { describeResources } from './resource.js'
import { table } from './table.js'

/** A step a row: stage, outcome, reason; below it the sentence and the objects that decided it. */
export const printSteps = (paint: Paint, steps: readonly Step[]): string[] =>
  table(
    paint,
    steps.map(({ stage, outcome, reason, message, because }) => ({
      cells: [stage, { text: outcome, shade: shadeOf(outcome) }, reason],
      below: [message, ...describeResources(because).map((line) => paint('faint', line))],
    })),
  )
