import { leastOf } from '../../least-of.js'
import { flatMap } from '../../flat-map.js'
import { pause } from '../../pause.js'
import type { Condition } from '../../model/step.js'
import { combineVerdicts, decidingPart, distinctConditions, mergeAssumptions } from './combine-verdicts.js'

import type { Spread } from '../distribution/distribute.js'
import type { ListedEndpoint } from './listed-endpoint.js'

import { mergeSteps } from './merge-steps.js'
import { byStage, oneAStage } from './one-a-stage.js'
import { condition } from '../call/condition.js'
import { joinLooks, type Look, noLooks } from '../call/look.js'
import type { Recorder } from '../call/recorder.js'
import { endedTrace, type Trace } from './trace.js'
import type { NetworkPath } from '../call/stage-values.js'
import type { PathEnd, TracedPath } from './traced-path.js'

/** A path of the client's choice with everything that stands behind it: one entry, or a gateway's own endpoints. */
export interface Branch {
  /** Undefined: the client's locality settings leave it without traffic at any time (LB-4). */
  readonly priority: number | undefined
  readonly share: number
  readonly traced: readonly TracedPath[]
}

/** The trace over all of a route target's branches, after what went `before`; `unreachable` endpoints are listed and do not count; `tells`: somebody reads the steps. */
export const gatherBranches = (
  before: Recorder,
  branches: readonly Branch[],
  unreachable: readonly ListedEndpoint[],
  { step, lookedAt }: Pick<Spread, 'step' | 'lookedAt'>,
  tells = true,
): Trace => {
  const listed = flatMap(branches, listBranch)
  const leadsOn = branches.some(({ traced }) => traced.some(({ behind }) => behind !== undefined))
  const endpoints = [...(leadsOn ? oneEach(listed) : listed), ...unreachable]
  const looks = joinLooks(joinLooks(before.lookedAt, lookedAt), lookedAtBy(branches))
  if (step.outcome === 'STOPPED') return endedTrace({ ...before, steps: [...before.steps, step], lookedAt: looks }, 'STOPPED', endpoints)
  const inUse = branches.filter((branch) => branch.share > 0)
  const deciding = flatMap(inUse.length > 0 ? inUse : branches, (branch) => branch.traced)
  const byEnd = groupByEnd(deciding)
  const ends = [...byEnd.keys()]
  const verdict = combineVerdicts(ends.map((end) => end.verdict))
  const { reason, decidedBy } = decidingPart(verdict, ends)
  const taken = [...byEnd].map(([{ recorder, decidedBy: decided, ledOn }, paths]) => ({
    steps: ledOn ? oneAStage(recorder.steps, decided) : recorder.steps,
    count: paths.length,
    labels: () => paths.map(labelOf),
  }))
  const merged = mergeSteps(taken, decidedBy, tells)
  const steps = [...before.steps, ...merged.steps, step]
  const until = flatMap(ends, ({ validUntil }) => validUntil ?? [])
  return {
    verdict,
    reason,
    steps: ends.some(({ ledOn }) => ledOn) ? byStage(steps, merged.decidedBy) : steps,
    decidedBy: merged.decidedBy,
    spoken: merged.spoken,
    endpoints,
    conditions: [
      ...before.conditions,
      ...distinctConditions(flatMap(ends, ({ recorder }) => recorder.conditions)),
      ...(verdict === 'AMBIGUOUS' ? endpointConditions(deciding) : []),
      ...failoverConditions(branches),
    ],
    assumptions: mergeAssumptions([before.assumptions, ...ends.map(({ recorder }) => recorder.assumptions)]),
    validUntil: until.length === 0 ? undefined : leastOf(until),
    lookedAt: looks,
    callers: undefined,
  }
}

/** By all of them, in use or not: each is listed with what became of it. */
const lookedAtBy = (branches: readonly Branch[]): readonly Look[] => {
  let looks = noLooks
  for (const { traced } of branches) {
    pause()
    for (const { end } of traced) looks = joinLooks(looks, end.recorder.lookedAt)
  }
  return looks
}

const groupByEnd = (deciding: readonly TracedPath[]): ReadonlyMap<PathEnd, readonly TracedPath[]> => {
  const byEnd = new Map<PathEnd, TracedPath[]>()
  for (const traced of deciding) {
    pause()
    const alike = byEnd.get(traced.end)
    if (alike === undefined) byEnd.set(traced.end, [traced])
    else alike.push(traced)
  }
  return byEnd
}

const listBranch = ({ priority, share, traced }: Branch): ListedEndpoint[] => {
  const part = share / traced.length
  return flatMap(traced, ({ path, end, behind }) =>
    behind === undefined
      ? [{ path, end, priority: priority ?? null, share: part }]
      : behind.map((one) => ({ ...one, share: part * one.share, priority: one.priority })),
  )
}

/** Pods of one waypoint lead to the same endpoints: each is listed once, with all that it gets. */
const oneEach = (listed: readonly ListedEndpoint[]): readonly ListedEndpoint[] => {
  const byPath = new Map<NetworkPath, ListedEndpoint>()
  for (const one of listed) {
    pause()
    const known = byPath.get(one.path)
    byPath.set(one.path, known === undefined ? one : { ...known, share: known.share + one.share })
  }
  return [...byPath.values()]
}

const labelOf = ({ path }: TracedPath): string => {
  const { endpoint, server } = path
  const cluster = server?.cluster ?? endpoint.cluster
  return `endpoint \`${endpoint.address}\`${cluster === '' ? '' : ` in \`${cluster}\``}`
}

/** Which endpoints in use fail, where some do and some do not. */
const endpointConditions = (deciding: readonly TracedPath[]): Condition[] => {
  const failing = deciding.filter(({ end }) => end.verdict === 'UNREACHABLE' || end.verdict === 'UNDETERMINED')
  return failing.map((traced) => {
    pause()
    const { verdict, reason, decidedBy } = traced.end
    const message = `${labelOf(traced)} is ${verdict}, as ${String(decidedBy?.message ?? reason)}`
    return condition('ENDPOINT_DECIDES', message, decidedBy?.because ?? [])
  })
}

/** Endpoints kept in reserve do not decide, but would fail when they take over. */
const failoverConditions = (branches: readonly Branch[]): Condition[] =>
  flatMap(
    branches.filter((branch) => branch.share === 0 && branch.priority !== undefined),
    (branch) => branch.traced.filter(({ end }) => end.verdict !== 'REACHABLE').map((traced) => ({ branch, traced })),
  ).map(({ branch, traced }) => {
    const { verdict, decidedBy } = traced.end
    const message = `after failover to priority ${branch.priority} ${labelOf(traced)} would be ${verdict}, as ${String(decidedBy?.message ?? traced.end.reason)}`
    return condition('FAILOVER_DECIDES', message, decidedBy?.because ?? [])
  })
