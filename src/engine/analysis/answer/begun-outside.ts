/**
 * The answer to a call from outside, from what the gateway said of the visitor and the trace of the call that the gateway makes.
 *
 * The endpoints are those of the gateway's call; the steps of the leg before stand first, and the legs behind are counted on from it.
 */
import type { Hop } from '../../model/step.js'
import type { UntoldStep } from '../call/untold-step.js'
import { legsBehind } from '../call/hops-of.js'
import type { Recorder } from '../call/recorder.js'
import { distinctConditions, mergeAssumptions } from './combine-verdicts.js'
import type { Entered, ListedEndpoint } from './listed-endpoint.js'
import { byStage } from './one-a-stage.js'
import type { Trace } from './trace.js'
import type { PathEnd } from './traced-path.js'

/** `before`: the leg to the gateway, which passed; `entered`: the gateway as endpoints show it. */
export function begunOutside(before: Recorder, entry: Hop, entered: Entered, rest: Trace): Trace {
  const legOf = legsBehind(rest.steps, entry)
  const moved = new Map<UntoldStep, UntoldStep>()
  const move = (step: UntoldStep): UntoldStep => {
    const known = moved.get(step) ?? legOf(step)
    moved.set(step, known)
    return known
  }
  const ends = new Map<PathEnd, PathEnd>()
  const moveEnd = (end: PathEnd): PathEnd => {
    const known = ends.get(end) ?? behind(before, rest, end, move)
    ends.set(end, known)
    return known
  }
  const conditional = before.conditions.length > 0
  const verdict = conditional && rest.verdict === 'REACHABLE' ? 'AMBIGUOUS' : rest.verdict
  const open = verdict === rest.verdict ? undefined : before.steps.find(({ outcome }) => outcome === 'CONDITIONAL')
  const decidedBy = open ?? (rest.decidedBy && move(rest.decidedBy))
  return {
    ...rest,
    verdict,
    reason: open?.reason ?? rest.reason,
    steps: byStage([...before.steps, ...rest.steps.map(move)], decidedBy),
    decidedBy,
    spoken: new Map([...rest.spoken].map(([step, spoken]) => [move(step), spoken])),
    endpoints: rest.endpoints.map((one): ListedEndpoint => ({ ...one, entered, end: one.priority === null ? one.end : moveEnd(one.end) })),
    conditions: distinctConditions([...before.conditions, ...rest.conditions]),
    assumptions: mergeAssumptions([before.assumptions, rest.assumptions]),
  }
}

/** What the gateway decides before endpoints are looked at belongs to the way to each of them. */
function behind(before: Recorder, rest: Trace, end: PathEnd, move: (step: UntoldStep) => UntoldStep): PathEnd {
  const own = end.recorder.steps.map(move)
  const chosen = rest.steps.filter(({ stage }) => atTheGateway.has(stage)).map(move)
  const leg = before.steps.filter(({ hop }) => hop !== null)
  const conditional = before.conditions.length > 0 && end.verdict === 'REACHABLE'
  return {
    ...end,
    ...(conditional ? { verdict: 'AMBIGUOUS' as const } : {}),
    decidedBy: end.decidedBy && move(end.decidedBy),
    recorder: { ...end.recorder, steps: [...leg, ...chosen.filter((step) => !own.includes(step)), ...own] },
  }
}

const atTheGateway: ReadonlySet<string> = new Set(['SCOPE', 'ROUTE', 'DISCOVERY'])
