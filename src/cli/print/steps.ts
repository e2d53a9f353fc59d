import type { Step } from '#engine/model/step'
import type { Cell, Item, Part } from '#formats/parts/part'
import { items, name } from '#formats/parts/tell'
import { shadeOf } from '#formats/text/paint'
import { describeResource, describeResources } from '#formats/text/resource'

/** Nothing happens to the call there. */
export const isPassed = ({ outcome }: Pick<Step, 'outcome'>): boolean => outcome === 'PASSED' || outcome === 'NOT_APPLICABLE'

/** What was said before is not said again. */
export const unsaid = (message: string, said: string): readonly string[] => (said.includes(message) ? [] : [message])

/** Stage, outcome, reason; below them the sentence, the leg where there are several, the objects that decided it, and those that nearly did. */
export const tellStep = (step: Step, all: readonly Step[], said: string, isFull: boolean): Item => ({
  cells: headOf(step),
  below: [
    ...unsaid(step.message, said),
    ...legOf(step.hop, all).map((text) => ({ text, shade: 'faint' as const })),
    ...describeResources(step.because, isFull),
    ...nearMissesOf(step, 'near miss: '),
  ],
})

const headOf = ({ stage, outcome, reason }: Step): readonly Cell[] => [
  name(stage),
  { text: outcome, shade: shadeOf(outcome) },
  name(reason),
]

/** `lead`: what says that they are near misses, where no heading does. */
export const nearMissesOf = ({ nearMisses }: Step, lead: string): readonly Cell[] =>
  nearMisses.map(({ resource, why }) => ({ text: `${lead}${describeResource(resource)} ${why}`, shade: 'faint' }))

/** Every step in the order of a proxy, those in `told` by their names alone. */
export const tellSteps = (steps: readonly Step[], told: readonly Step[]): readonly Part[] =>
  items(steps.map((step) => (told.includes(step) ? { cells: headOf(step), below: ['told above'] } : tellStep(step, steps, '', true))))

/**
 * How many passed, by their stages in the order of a proxy; who sends the call where it goes, which what comes after rests on; and the way that it takes where
 * it has several legs.
 */
export function foldSteps(steps: readonly Step[], said = ''): readonly Part[] {
  const passed = steps.filter(isPassed)
  const outcomes = [...new Set(passed.map(({ outcome }) => outcome))].toSorted((a, b) => b.localeCompare(a))
  const way = wayOf(steps)
  return items([
    ...outcomes.map((outcome) => ({
      cells: [{ text: outcome, shade: shadeOf(outcome) }, stagesOf(passed.filter((step) => step.outcome === outcome))],
    })),
    ...passed.flatMap((step) => routeOf(step, said)),
    ...(way === undefined ? [] : [{ cells: [{ text: 'WAY', shade: 'faint' as const }, way] }]),
  ])
}

const routeOf = ({ reason, message, because }: Step, said: string): readonly Item[] =>
  reason !== 'ROUTED' || said.includes(message)
    ? []
    : [{ cells: [{ text: 'ROUTED', shade: 'faint' }, message], below: describeResources(because.slice(0, 1)) }]

function stagesOf(steps: readonly Step[]): string {
  const counts = new Map<string, number>()
  for (const { stage } of steps) counts.set(stage, (counts.get(stage) ?? 0) + 1)
  return [...counts].map(([stage, count]) => (count === 1 ? stage : `${stage} ×${count}`)).join(', ')
}

const isOneLeg = (steps: readonly Step[]): boolean => steps.every(({ hop }) => hop === null || (hop.index === 0 && hop.kind === 'DIRECT'))

const endOf = ({ kind, to }: NonNullable<Step['hop']>): string => `${kind === 'DIRECT' ? '' : `${kind.toLowerCase()} `}${to}`

/** From whom over whom to whom. */
function wayOf(steps: readonly Step[]): string | undefined {
  if (isOneLeg(steps)) return undefined
  const legs = new Map(steps.flatMap(({ hop }) => (hop === null ? [] : [[hop.index, hop] as const])))
  const [first, ...rest] = [...legs.values()].toSorted((a, b) => a.index - b.index)
  if (first === undefined) return undefined
  return [...(first.index > 0 ? ['…'] : []), first.from, ...[first, ...rest].map(endOf)].join(' → ')
}

/** Nobody has to be told of the only leg that there is. */
const legOf = (hop: Step['hop'], steps: readonly Step[]): string[] =>
  hop === null || isOneLeg(steps) ? [] : [`leg ${hop.index + 1}: ${hop.from} → ${endOf(hop)}`]
