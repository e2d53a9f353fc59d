/**
 * Parts of answers without anything that is out of view.
 *
 * Sentences quote names of whatever decided, so that those of an answer in view are the general ones of the registers; what is a name or
 * a number in a field is kept where the thing is in view.
 */
import { assumptions } from '../model/assumptions.js'
import { conditions } from '../model/conditions.js'
import { reasons } from '../model/reasons.js'
import { helpOf } from '../analysis/answer/help-of.js'
import type { Hop, Step, ToldAssumption, ToldCondition } from '../model/step.js'
import { foreignRef, outOfView, type Sight } from './sight.js'

export const generalStep = (sight: Sight, { stage, outcome, reason, because, hop }: Step): Step => ({
  stage,
  outcome,
  reason,
  message: reasons[reason],
  because: sight.refs(because),
  nearMisses: [],
  help: helpOf(reason),
  hop: hop === null ? null : generalHop(sight, hop),
})

/** Steps of a path: what happens between others, on however many legs, is told once. */
export function generalSteps(sight: Sight, steps: readonly Step[]): Step[] {
  const legs = new Map<number, number>()
  const shown = steps.map((step) => {
    const general = generalStep(sight, step)
    const { hop } = general
    if (hop === null || (hop.from === outOfView && hop.to === outOfView)) return { ...general, hop: null }
    if (!legs.has(hop.index)) legs.set(hop.index, legs.size)
    return { ...general, hop: { ...hop, index: legs.get(hop.index) ?? 0 } }
  })
  return distinct(shown)
}

const generalHop = (sight: Sight, { index, kind, from, to }: Hop): Hop => ({ index, kind, from: whoIs(sight, from), to: whoIs(sight, to) })

/** `cluster/namespace/workload`; an address says nothing of whose it is. */
function whoIs(sight: Sight, who: string): string {
  const [cluster, namespace, name, ...rest] = who.split('/')
  return name !== undefined && rest.length === 0 && sight.holds(cluster, namespace) ? who : outOfView
}

export const generalAssumptions = (sight: Sight, all: readonly ToldAssumption[]): ToldAssumption[] =>
  distinct(
    all.map(({ code, because, general, help }) => ({ code, message: assumptions[code], because: sight.refs(because), general, help })),
  )

export const generalConditions = (sight: Sight, all: readonly ToldCondition[]): ToldCondition[] =>
  distinct(
    all.map(({ code, on, because, help }) => {
      const refs = sight.refs(because)
      const ours = refs.length > 0 && !refs.includes(foreignRef)
      return { code, on: conditions[code].on ?? (ours ? on : outOfView), message: conditions[code].says, because: refs, help }
    }),
  )

export const distinct = <T>(items: readonly T[]): T[] => [...new Map(items.map((item) => [JSON.stringify(item), item])).values()]
