import { flatMap } from '../flat-map.js'
import { pause } from '../pause.js'
import type { UntoldStep } from './call/untold-step.js'
import type { Verdict } from '../model/verdict.js'
import type { Client, ResolvedCall } from './call/call.js'
import { hopsOf, legsBehind } from './call/hops-of.js'
import type { SecondHop } from './second-hop.js'
import { droppedAsUnready } from './discovery/filter-endpoints.js'
import { distribute } from './distribution/distribute.js'
import { droppedEndpoint, type ListedEndpoint } from './answer/listed-endpoint.js'
import { type Branch, gatherBranches } from './answer/gather-branches.js'
import { passGateway } from './network/passage/pass-gateway.js'
import { translateNetwork } from './network/translate-network.js'
import { openDistribution } from './unread-kinds/open-distribution.js'
import { openPassage, openTranslation } from './unread-kinds/open-passage.js'
import { endedWith, type Outcome, stepOf } from './call/outcome.js'
import { emptyRecorder, type Recorder, record } from './call/recorder.js'
import type { Discovered, NetworkPath, RouteTarget } from './call/stage-values.js'
import { endedTrace, type Trace } from './answer/trace.js'
import { tracePaths } from './trace-path.js'
import { type AfterNetwork, type Behind, endedAt, type PathEnd, stoppedEnd, type TracedPath } from './answer/traced-path.js'
import type { Memory } from './likeness/memory.js'
import type { TwinPaths } from './likeness/twin-paths.js'

/**
 * From the endpoints a client was given to the answer for one route target: NETWORK to AUTHORIZATION for each endpoint, then
 * DISTRIBUTION over all of them (FLOW-4).
 */
export const traceEndpoints = (
  call: ResolvedCall,
  target: RouteTarget | undefined,
  found: Discovered,
  before: Recorder,
  memory: Memory,
  onward: SecondHop | undefined,
): Trace => {
  const dropped = found.dropped.map((drop) => droppedEndpoint('DISCOVERY', drop))
  const network = translateNetwork(call.client, target, found.endpoints, found.unready)
  const unready = network.unready.map(({ endpoint }) => droppedEndpoint('DISCOVERY', droppedAsUnready(endpoint)))
  const unreachable = [...dropped, ...unready, ...network.dropped.map((drop) => droppedEndpoint('NETWORK', drop))]
  if (!network.outcome.passed) {
    const ended = openTranslation(call.client, target, network.outcome)
    return endedTrace(record(before, ended), ended.passed ? 'STOPPED' : ended.because, unreachable)
  }
  const paths = network.outcome.value
  const spread = distribute(call.client, target, paths, network)
  const twins = memory.twinsOf(target, call.attributes)
  const following: Following = { call, target, twins: twins.paths, onward, network: network.outcome }
  const branches = paths.map((path, index): Branch => {
    pause()
    const priority = spread.priorities[index]
    if (priority === undefined) return { priority, share: 0, traced: [leftOut(path, spread.step)] }
    return { priority, share: spread.shares[index] ?? 0, traced: twins.ways.once(path, () => followPath(following, path)) }
  })
  return openDistribution(call.client, gatherBranches(before, uniteTwins(branches), unreachable, spread, memory.tells))
}

interface Following {
  readonly call: ResolvedCall
  readonly target: RouteTarget | undefined
  readonly twins: TwinPaths<AfterNetwork>
  readonly onward: SecondHop | undefined
  readonly network: Outcome<unknown>
}

/** Passes the path's gateway, if it has one, and traces each endpoint behind it. */
const followPath = ({ call, target, twins, onward, network }: Following, path: NetworkPath): readonly TracedPath[] => {
  const passed = openPassage(call.client, target, path, passGateway(call.client, target, path))
  if (passed.passed) {
    const traced = tracePaths(call, target, passed, twins)
    return onward === undefined ? traced : traced.map((one) => goOn(call.client, one, onward))
  }
  const stopped = endedWith(passed.step, passed.because, [...network.assumptions, ...passed.assumptions], passed.lookedAt)
  return [{ path, end: stoppedEnd(record(emptyRecorder, stopped, hopsOf(call.client, path).first), stopped) }]
}

/** Ways that lead through one gateway to the same endpoints, and that are chosen alike, are one way with their shares together. */
const uniteTwins = (branches: readonly Branch[]): readonly Branch[] => {
  if (new Set(branches.map(({ traced }) => traced)).size === branches.length) return branches
  const united = new Map<Branch['traced'], Map<Branch['priority'], Branch>>()
  for (const branch of branches) {
    pause()
    const byPriority = united.get(branch.traced) ?? new Map<Branch['priority'], Branch>()
    united.set(branch.traced, byPriority)
    const twin = byPriority.get(branch.priority)
    byPriority.set(
      branch.priority,
      twin === undefined ? branch : { priority: twin.priority, share: twin.share + branch.share, traced: twin.traced },
    )
  }
  return flatMap([...united.values()], (byPriority) => [...byPriority.values()])
}

const leftOut = (path: NetworkPath, { because }: UntoldStep): TracedPath => {
  const message = `the locality settings give no traffic to ${path.locality === '' ? 'an endpoint without locality' : `\`${path.locality}\``}`
  return { path, end: endedAt(stepOf('DISTRIBUTION', 'STOPPED', { reason: 'NOT_DISTRIBUTED', message, because })) }
}

const worst: readonly Verdict[] = ['UNREACHABLE', 'UNDETERMINED', 'AMBIGUOUS', 'REACHABLE']

/** Of two hops that must both succeed. */
const worse = (a: Verdict, b: Verdict): Verdict => (worst.indexOf(a) < worst.indexOf(b) ? a : b)

const earlier = (a: number | undefined, b: number | undefined): number | undefined =>
  a === undefined || b === undefined ? (a ?? b) : Math.min(a, b)

/** An endpoint that the waypoint leads to, as whoever called sees it. */
const withFirstLeg = (listed: ListedEndpoint, first: PathEnd, legOf: (step: UntoldStep) => UntoldStep): Behind => {
  const { end, path, priority, share } = listed
  const steps = end.recorder.steps.map(legOf)
  const decidedBy = end.decidedBy && legOf(end.decidedBy)
  const recorder = { ...end.recorder, steps: [...first.recorder.steps, ...steps] }
  return { path, priority, share, end: { ...end, recorder, decidedBy, verdict: worse(first.verdict, end.verdict) } }
}

/** Where a gateway is only the end of the first legs, the call that it makes decides, whose steps follow. */
const goOn = (client: Client, { path, end }: TracedPath, onward: SecondHop): TracedPath => {
  const rest = end.arrived ? onward(path) : undefined
  if (rest === undefined) return { path, end }
  const legOf = legsBehind(rest.steps, hopsOf(client, path).last)
  const steps = new Map(rest.steps.map((step) => [step, legOf(step)]))
  const decided = rest.decidedBy && (steps.get(rest.decidedBy) ?? legOf(rest.decidedBy))
  const { recorder } = end
  const passes = rest.verdict === 'REACHABLE'
  return {
    path,
    ...(path.server?.dataPlane === 'WAYPOINT' ? { behind: rest.endpoints.map((one) => withFirstLeg(one, end, legOf)) } : {}),
    end: {
      verdict: worse(end.verdict, rest.verdict),
      reason: passes ? end.reason : rest.reason,
      recorder: {
        steps: [...recorder.steps, ...steps.values()],
        assumptions: [...recorder.assumptions, ...rest.assumptions],
        conditions: [...recorder.conditions, ...rest.conditions],
        lookedAt: recorder.lookedAt,
      },
      decidedBy: passes ? end.decidedBy : decided,
      ledOn: true,
      arrived: true,
      validUntil: earlier(end.validUntil, rest.validUntil),
    },
  }
}
