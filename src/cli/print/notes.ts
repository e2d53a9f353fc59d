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
      assumptions.flatMap(({ code, message, because }) => [`  ${code}: ${message}`, ...objects(paint, because)]),
    ),
    ...(validUntil === null ? [] : ['', `holds until ${validUntil}`]),
    ...section(
      paint,
      'would turn it',
      remedies.map(({ summary }) => `  ${summary}`),
    ),
  ]
}

const objects = (paint: Paint, because: Condition['because']): string[] =>
  describeResources(because).map((line) => `      ${paint('faint', line)}`)
