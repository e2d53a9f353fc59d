import type { Assumption, Condition, Remedy } from '#engine/model/step'
import type { Paint } from '#formats/text/paint'
import { describeResources } from '#formats/text/resource'
import { section } from '#formats/text/section'

interface Notes {
  readonly conditions?: readonly Condition[]
  readonly assumptions: readonly Assumption[]
  readonly validUntil: string | null
  readonly remedies: readonly Remedy[]
}

/** What an answer depends on, takes for granted, how long it holds, and what would turn it. */
export function printNotes(paint: Paint, { conditions = [], assumptions, validUntil, remedies }: Notes): string[] {
  return [
    ...section(
      paint,
      'depends on',
      conditions.flatMap(({ code, on, message, because }) => [`  ${code} (${on}): ${message}`, ...objects(paint, because)]),
    ),
    ...section(
      paint,
      'assumed',
      told(
        paint,
        assumptions.filter(({ general }) => general !== true),
      ),
    ),
    ...section(
      paint,
      'assumed of the topology as a whole',
      told(
        paint,
        assumptions.filter(({ general }) => general === true),
      ),
    ),
    ...(validUntil === null ? [] : ['', `holds until ${validUntil}`]),
    ...section(
      paint,
      'would turn it',
      remedies.map(({ summary }) => `  ${summary}`),
    ),
  ]
}

const told = (paint: Paint, assumptions: readonly Assumption[]): string[] =>
  assumptions.flatMap(({ code, message, because }) => [`  ${code}: ${message}`, ...objects(paint, because)])

const objects = (paint: Paint, because: Condition['because']): string[] =>
  describeResources(because).map((line) => `      ${paint('faint', line)}`)
