import type { Outcome } from './outcome.js'
import type { Routed, RouteTarget } from './stage-values.js'
import { targetKey } from './target-key.js'

/** Where the route leads, to be compared. */
export function wayOf({ passed, step, value }: Outcome<Routed>): string {
  if (!passed) return `${step.outcome} ${step.reason}`
  const alternatives = value.alternatives.map(({ when, ends, lost = [], targets }) => [
    when,
    ends?.reason,
    lost.map(({ share, reason }) => [share, reason]),
    targets.map(targetOf),
  ])
  return JSON.stringify([value.mode, alternatives])
}

/** What comes in a connection is for its port to say, unless that takes nothing but HTTP (TLS-12). */
const targetOf = (target: RouteTarget): string => {
  const carries = target.port.protocol === 'HTTP' ? target.carries : 'AS_SPOKEN'
  return `${target.share} ${targetKey({ ...target, carries })}`
}
