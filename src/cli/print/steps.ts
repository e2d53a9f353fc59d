import type { Step } from '#engine/model/step'
import { type Paint, shadeOf } from '#formats/text/paint'
import { describeResources } from '#formats/text/resource'
import { table } from '#formats/text/table'

/** A step a row: stage, outcome, reason; below it the sentence, the leg where there are several, the objects that decided it, and those that nearly did. */
export const printSteps = (paint: Paint, steps: readonly Step[]): string[] =>
  table(
    paint,
    steps.map(({ stage, outcome, reason, message, because, nearMisses, hop }) => ({
      cells: [stage, { text: outcome, shade: shadeOf(outcome) }, reason],
      below: [
        message,
        ...describeLeg(hop, steps).map((line) => paint('faint', line)),
        ...describeResources(because).map((line) => paint('faint', line)),
        ...nearMisses.map(({ resource, why }) => paint('faint', `near miss: ${describeResources([resource]).join(' ')} ${why}`)),
      ],
    })),
  )

/** Nobody has to be told of the only leg that there is. */
const describeLeg = (hop: Step['hop'], steps: readonly Step[]): string[] =>
  hop === null || steps.every((step) => step.hop === null || (step.hop.index === 0 && step.hop.kind === 'DIRECT'))
    ? []
    : [`leg ${hop.index + 1}: ${hop.from} → ${hop.kind === 'DIRECT' ? '' : `${hop.kind.toLowerCase()} `}${hop.to}`]
