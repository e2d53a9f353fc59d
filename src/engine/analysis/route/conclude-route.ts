import { flatMap } from '../../flat-map.js'
import { pause } from '../../pause.js'
import type { Assumption } from '../../model/step.js'
import type { ReasonCode } from '../../model/reasons.js'
import type { ResourceRef } from '../../model/resource-ref.js'

import { conditionOn } from '../call/condition.js'
import { endedWith, goOn, type Outcome, type Said, stepOf, stop } from '../call/outcome.js'
import type { Alternative } from './find-target.js'
import type { FindNear } from '../call/untold-step.js'
import type { Routed } from '../call/stage-values.js'

interface Chosen {
  /** Attributes that the question leaves open and routes look at. */
  readonly on: readonly string[]
  /** Who routes it, e.g. `VirtualService a/b`; undefined: nobody, the default applies. */
  readonly by: string | undefined
  readonly because: readonly ResourceRef[]
  readonly assumptions: readonly Assumption[]
  /** What else is to be said, behind a semicolon. */
  readonly besides?: Besides | undefined
  /** Instead of the reasons that a route and a default route have. */
  readonly reason?: ReasonCode
}

export interface Besides {
  readonly message: string
  readonly because: readonly ResourceRef[]
}

const adding = (said: Said, besides: Besides | undefined): Said =>
  besides === undefined ? said : { ...said, message: `${said.message}; ${besides.message}`, because: [...said.because, ...besides.because] }

/** What nobody here follows, and what the document does not say. */
const leavesOpen: ReadonlySet<ReasonCode> = new Set(['NOT_FOLLOWED', 'INPUT_MISSING'])

/** Puts the chosen alternatives into a step: one that ends stops the call, several make it conditional. */
export function concludeRoute(value: Routed, { on, by, because, assumptions, besides, reason: own }: Chosen): Outcome<Routed> {
  const open = flatMap(value.alternatives, ({ ends, lost = [] }) => [ends, ...lost]).find(
    (end) => end !== undefined && leavesOpen.has(end.reason),
  )
  if (open !== undefined) {
    const { reason, message, because: place } = open
    return endedWith(stepOf('ROUTE', 'UNDETERMINED', { reason, message, because: place }), 'UNDETERMINED', assumptions)
  }
  const [first, ...others] = value.alternatives
  if (first?.ends !== undefined && others.length === 0 && !first.ends.delivered) {
    const { reason, message, because: place, near } = first.ends
    return stop('ROUTE', adding({ reason, message, because: place.length > 0 ? place : because, near }, besides), assumptions)
  }
  const conditions = flatMap(on, (name) =>
    conditionOn('ROUTE_BY_ATTRIBUTE', name, `which route is taken depends on the ${name} of the request`, [...because]),
  )
  const said = {
    reason: own ?? (by === undefined ? 'DEFAULT_ROUTE' : 'ROUTED'),
    message: `${by === undefined ? 'no VirtualService applies, and the call goes' : `${by} sends it`} to ${value.alternatives.map(tell).join('; ')}`,
    because: placesOf(because, value.alternatives),
    near: nearOf(value.alternatives),
  } as const
  return goOn('ROUTE', value, adding(said, besides), { conditions, assumptions })
}

/** What nearly had a say where a part ends. */
function nearOf(alternatives: readonly Alternative[]): FindNear | undefined {
  const all = flatMap(alternatives, ({ ends, lost = [] }) => flatMap([ends, ...lost], (end) => end?.near ?? []))
  return all.length === 0 ? undefined : () => flatMap(all, (near) => near())
}

function placesOf(because: readonly ResourceRef[], alternatives: readonly Alternative[]): readonly ResourceRef[] {
  const places = [...because]
  for (const { targets } of alternatives) {
    for (const target of targets) {
      for (const place of target.because) {
        pause()
        places.push(place)
      }
    }
  }
  return places
}

function tell({ when, targets, ends, lost }: Alternative): string {
  const whole = targets.length === 1 && (lost ?? []).length === 0
  const parts = targets.map(({ service, port, subset, share }) => {
    pause()
    const name = `\`${service.hostname}:${port.number}\`${subset === '' ? '' : ` subset \`${subset}\``}`
    return whole ? name : `${percent(share)} ${name}`
  })
  for (const part of lost ?? []) {
    pause()
    parts.push(`${percent(part.share)} nowhere (${part.message})`)
  }
  const what = ends === undefined ? parts.join(', ') : `nowhere (${ends.message})`
  return when === undefined ? what : `${what} for ${when}`
}

const percent = (share: number): string => `${Math.round(share * 1000) / 10} %`
