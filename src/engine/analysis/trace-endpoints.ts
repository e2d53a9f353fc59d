import type { EndpointPath } from '../model/reachability.js'
import type { Condition, Step } from '../model/step.js'
import type { Verdict } from '../model/verdict.js'
import type { ResolvedCall } from './client.js'
import { decidingReason, mergeAssumptions, mergeSteps } from './combine-traces.js'
import { combineVerdicts } from './combine-verdicts.js'
import { distribute, type Spread } from './distribution.js'
import { droppedPath, endpointPath } from './endpoint-path.js'
import { passGateway } from './gateway-passage.js'
import { translateNetwork } from './network.js'
import type { Onward } from './continue-behind-gateway.js'
import type { Outcome } from './outcome.js'
import { emptyRecorder, type Recorder, record } from './recorder.js'
import type { Found, NetworkPath, RouteTarget } from './stage-values.js'
import { endedTrace, type Trace } from './trace.js'
import { type Arrival, type TracedPath, tracePath } from './trace-path.js'
import { createTwinPaths, type TwinPaths } from './twin-paths.js'

/** A path of the client's choice with everything that stands behind it: one entry, or a gateway's own endpoints. */
interface Branch {
  /** Undefined: the client's locality settings leave it without traffic at any time (LB-4). */
  readonly priority: number | undefined
  readonly share: number
  readonly traced: readonly TracedPath[]
}

/**
 * From the endpoints a client was given to the answer for one route target: NETWORK to AUTHORIZATION for each endpoint, then
 * DISTRIBUTION over all of them (FLOW-4).
 */
export const traceEndpoints = (
  call: ResolvedCall,
  target: RouteTarget | undefined,
  found: Found,
  before: Recorder,
  onward: Onward | undefined,
): Trace => {
  const dropped = found.dropped.map((drop) => droppedPath('DISCOVERY', drop))
  const network = translateNetwork(found)
  const unreachable = [...dropped, ...network.dropped.map((drop) => droppedPath('NETWORK', drop))]
  if (!network.outcome.passed) {
    const recorder = record(before, network.outcome)
    return endedTrace(recorder.steps, network.outcome.because, recorder.assumptions, unreachable)
  }
  const paths = network.outcome.value
  const spread = distribute(call.client, target, paths)
  const twins = createTwinPaths<Arrival>(call.client)
  const branches = paths.map((path, index): Branch => {
    const priority = spread.priorities[index]
    if (priority === undefined) return { priority, share: 0, traced: [leftOut(path, spread.step)] }
    const traced = followPath({ call, target, twins }, path, network.outcome).map((one) => goOn(one, onward))
    return { priority, share: spread.shares[index] ?? 0, traced }
  })
  return gather(before, branches, unreachable, spread)
}

interface Following {
  readonly call: ResolvedCall
  readonly target: RouteTarget | undefined
  readonly twins: TwinPaths<Arrival>
}

/** Passes the path's gateway, if it has one, and traces each endpoint behind it. */
const followPath = ({ call, target, twins }: Following, path: NetworkPath, network: Outcome<unknown>): TracedPath[] => {
  const passed = passGateway(call.client, target, path)
  if (passed.passed) return passed.value.map((behind) => tracePath(call, target, behind, passed, twins))
  const recorder = record(emptyRecorder, { ...passed, assumptions: [...network.assumptions, ...passed.assumptions] })
  const verdict = passed.because === 'STOPPED' ? ('UNREACHABLE' as const) : ('UNDETERMINED' as const)
  return [{ path, verdict, reason: passed.step.reason, recorder, trusted: undefined }]
}

const leftOut = (path: NetworkPath, { because }: Step): TracedPath => {
  const message = `the locality settings give no traffic to \`${path.locality}\``
  const step: Step = { stage: 'DISTRIBUTION', outcome: 'STOPPED', reason: 'NOT_DISTRIBUTED', message, because }
  return { path, verdict: 'UNREACHABLE', reason: step.reason, recorder: { ...emptyRecorder, steps: [step] }, trusted: undefined }
}

const worst: readonly Verdict[] = ['UNREACHABLE', 'UNDETERMINED', 'AMBIGUOUS', 'REACHABLE']

/** Of two hops that must both succeed. */
const worse = (a: Verdict, b: Verdict): Verdict => (worst.indexOf(a) < worst.indexOf(b) ? a : b)

const hop = 'from the gateway on, '

const earlier = (a: number | undefined, b: number | undefined): number | undefined =>
  a === undefined || b === undefined ? (a ?? b) : Math.min(a, b)

/** Where a gateway is only the first hop, the second one decides; its steps follow, and name the hop. */
const goOn = (traced: TracedPath, onward: Onward | undefined): TracedPath => {
  if (onward === undefined || traced.trusted === undefined) return traced
  const rest = onward(traced.path)
  if (rest === undefined) return traced
  const steps = rest.steps.map((step) => ({ ...step, message: step.message.startsWith(hop) ? step.message : `${hop}${step.message}` }))
  const { trusted } = traced
  return {
    ...traced,
    trusted: { ...trusted, validUntil: earlier(trusted.validUntil, rest.validUntil) },
    verdict: worse(traced.verdict, rest.verdict),
    reason: rest.verdict === 'REACHABLE' ? traced.reason : rest.reason,
    recorder: {
      steps: [...traced.recorder.steps, ...steps],
      assumptions: [...traced.recorder.assumptions, ...rest.assumptions],
      conditions: [...traced.recorder.conditions, ...rest.conditions],
    },
  }
}

const gather = (before: Recorder, branches: readonly Branch[], unreachable: readonly EndpointPath[], spread: Spread): Trace => {
  const endpoints = [...branches.flatMap(showBranch), ...unreachable]
  const { step, byPlace } = spread
  if (step.outcome === 'STOPPED') return { ...endedTrace([...before.steps, step], 'STOPPED', before.assumptions, endpoints), byPlace }
  const inUse = branches.filter((branch) => branch.share > 0)
  const deciding = (inUse.length > 0 ? inUse : branches).flatMap((branch) => branch.traced)
  const verdict = combineVerdicts(deciding.map((traced) => traced.verdict))
  const merged = mergeSteps(deciding.map((traced) => ({ label: labelOf(traced), steps: traced.recorder.steps })))
  const until = deciding.flatMap((traced) => traced.trusted?.validUntil ?? [])
  return {
    verdict,
    reason: decidingReason(verdict, deciding),
    steps: [...before.steps, ...merged, step],
    endpoints,
    conditions: [
      ...before.conditions,
      ...dedupe(deciding.flatMap((traced) => traced.recorder.conditions)),
      ...(verdict === 'AMBIGUOUS' ? endpointConditions(deciding) : []),
      ...failoverConditions(branches),
    ],
    assumptions: mergeAssumptions([before.assumptions, ...deciding.map((traced) => traced.recorder.assumptions)]),
    validUntil: until.length === 0 ? undefined : Math.min(...until),
    byPlace,
  }
}

const showBranch = ({ priority, share, traced }: Branch): EndpointPath[] =>
  traced.map((path) => endpointPath(path, priority ?? null, share / traced.length))

const labelOf = ({ path }: TracedPath): string => {
  const { endpoint, server } = path
  const cluster = server?.cluster ?? endpoint.cluster
  return `endpoint \`${endpoint.address}\`${cluster === '' ? '' : ` in \`${cluster}\``}`
}

const dedupe = (conditions: readonly Condition[]): Condition[] => [
  ...new Map(conditions.map((condition) => [`${condition.on} ${condition.message}`, condition])).values(),
]

/** Which endpoints in use fail, where some do and some do not. */
const endpointConditions = (deciding: readonly TracedPath[]): Condition[] => {
  const failing = deciding.filter((traced) => traced.verdict === 'UNREACHABLE' || traced.verdict === 'UNDETERMINED')
  return failing.map((traced) => ({
    on: 'endpoint',
    message: `${labelOf(traced)} is ${traced.verdict}: ${traced.recorder.steps.at(-1)?.message ?? traced.reason}`,
    because: traced.recorder.steps.at(-1)?.because ?? [],
  }))
}

/** Endpoints kept in reserve do not decide, but would fail when they take over (contract §3). */
const failoverConditions = (branches: readonly Branch[]): Condition[] =>
  branches
    .filter((branch) => branch.share === 0 && branch.priority !== undefined)
    .flatMap((branch) => branch.traced.filter((traced) => traced.verdict !== 'REACHABLE').map((traced) => ({ branch, traced })))
    .map(({ branch, traced }) => ({
      on: 'failover',
      message: `after failover to priority ${branch.priority} ${labelOf(traced)} would be ${traced.verdict}: ${traced.recorder.steps.at(-1)?.message ?? ''}`,
      because: traced.recorder.steps.at(-1)?.because ?? [],
    }))
