import type { AlsoOpens, Assumption, Condition, Remedy } from '#engine/model/step'
import type { Paint } from '#formats/text/paint'
import { describeResources } from '#formats/text/resource'
import { section } from '#formats/text/section'

interface Notes {
  readonly conditions?: readonly Condition[]
  readonly assumptions: readonly Assumption[]
  readonly validUntil: string | null
  readonly remedies: readonly Remedy[]
  readonly noRemedy?: string | null
}

/** What an answer depends on, takes for granted, how long it holds, and what would turn it. */
export function printNotes(paint: Paint, { conditions = [], assumptions, validUntil, remedies, noRemedy = null }: Notes): string[] {
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
      remedies.flatMap((remedy) => tellRemedy(paint, remedy)),
    ),
    ...(noRemedy === null ? [] : ['', paint('strong', 'nothing is proposed'), `  ${noRemedy}`]),
  ]
}

/** What to do, where, what else it opens, and the objects to be applied. */
const tellRemedy = (paint: Paint, { summary, cluster, controlPlane, manifest, alsoOpens }: Remedy): string[] => {
  const reader = controlPlane === null ? '' : `, which control plane \`${controlPlane}\` reads`
  return [
    `  ${summary}`,
    ...(cluster === null ? [] : [`      ${paint('faint', `in cluster \`${cluster}\`${reader}`)}`]),
    ...(alsoOpens === null ? [] : [`      ${paint('faint', tellOpened(alsoOpens))}`]),
    ...(manifest ?? '').split('\n').flatMap((line) => (line === '' ? [] : [`      ${line}`])),
  ]
}

const tellOpened = ({ count, examples, complete }: AlsoOpens): string => {
  if (count === 0) return complete ? 'opens nothing else' : 'opens nothing else among those that were looked at'
  return `also opens ${count}${complete ? '' : ' or more'}: ${examples.join(', ')}${count > examples.length ? ' …' : ''}`
}

const told = (paint: Paint, assumptions: readonly Assumption[]): string[] =>
  assumptions.flatMap(({ code, message, because }) => [`  ${code}: ${message}`, ...objects(paint, because)])

const objects = (paint: Paint, because: Condition['because']): string[] =>
  describeResources(because).map((line) => `      ${paint('faint', line)}`)
