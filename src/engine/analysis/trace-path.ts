import type { ReasonCode } from '../model/reasons.js'
import type { Verdict } from '../model/verdict.js'
import { authorize } from './authorization.js'
import type { ResolvedCall } from './client.js'
import { considerNetworkPolicy } from './network-policy.js'
import type { Outcome } from './outcome.js'
import { emptyRecorder, type Recorder, record } from './recorder.js'
import type { NetworkPath, RouteTarget, Trusted } from './stage-values.js'
import { negotiateTransport } from './transport.js'
import { verifyTrust } from './trust.js'
import type { TwinPaths } from './twin-paths.js'

/** How far the call gets on one path, and with what conditions. */
export interface TracedPath {
  readonly path: NetworkPath
  readonly verdict: Verdict
  readonly reason: ReasonCode
  readonly recorder: Recorder
  /** Set when the call arrived at the server's proxy or process. */
  readonly trusted: Trusted | undefined
}

const stopped = (path: NetworkPath, recorder: Recorder, outcome: Outcome<unknown> & { passed: false }): TracedPath => ({
  path,
  verdict: outcome.because === 'STOPPED' ? 'UNREACHABLE' : 'UNDETERMINED',
  reason: outcome.step.reason,
  recorder,
  trusted: undefined,
})

/** Code of the step that the verdict depends on. */
const dependsAt = ({ steps }: Recorder): ReasonCode => steps.find(({ outcome }) => outcome === 'CONDITIONAL')?.reason ?? 'POLICY_DEPENDS'

/**
 * From the network to the server's policies, for one endpoint: NETWORK_POLICY, TRANSPORT, TRUST, AUTHORIZATION.
 *
 * `network` is the NETWORK step's outcome for this path, recorded first; `twins` holds what is known of paths to other replicas.
 */
export const tracePath = (
  call: ResolvedCall,
  target: RouteTarget | undefined,
  path: NetworkPath,
  network: Outcome<unknown>,
  twins: TwinPaths<Arrival>,
): TracedPath => {
  const {
    recorder: behind,
    ended,
    trusted,
  } = twins.once(
    path,
    () => arrive(call, target, path),
    (arrival) => arrival.recorder,
  )
  const recorder = joined(record(emptyRecorder, network), behind)
  if (ended !== undefined) return stopped(path, recorder, ended)
  const depends = recorder.conditions.length > 0
  return {
    path,
    verdict: depends ? 'AMBIGUOUS' : 'REACHABLE',
    reason: depends ? dependsAt(recorder) : 'DELIVERED',
    recorder,
    trusted: trusted && { ...trusted, transported: { ...trusted.transported, path } },
  }
}

/** What the stages after NETWORK said of a path, and which of them ended it. */
export interface Arrival {
  readonly recorder: Recorder
  readonly ended: (Outcome<unknown> & { readonly passed: false }) | undefined
  readonly trusted: Trusted | undefined
}

const arrive = (call: ResolvedCall, target: RouteTarget | undefined, path: NetworkPath): Arrival => {
  const { client } = call
  const transport = negotiateTransport(client, target, path)
  const afterTransport = record(record(emptyRecorder, considerNetworkPolicy(client.snapshot, path)), transport)
  if (!transport.passed) return { recorder: afterTransport, ended: transport, trusted: undefined }
  const trust = verifyTrust(call, target, transport.value)
  const afterTrust = record(afterTransport, trust)
  if (!trust.passed) return { recorder: afterTrust, ended: trust, trusted: undefined }
  const authorized = authorize(call, trust.value, target?.port.number)
  const recorder = record(afterTrust, authorized)
  return authorized.passed ? { recorder, ended: undefined, trusted: authorized.value } : { recorder, ended: authorized, trusted: undefined }
}

const join = <T>(first: readonly T[], second: readonly T[]): readonly T[] =>
  first.length === 0 ? second : second.length === 0 ? first : [...first, ...second]

/** One after the other; lists stay the same object where they can, because replicas share them. */
const joined = (first: Recorder, second: Recorder): Recorder => ({
  steps: join(first.steps, second.steps),
  assumptions: join(first.assumptions, second.assumptions),
  conditions: join(first.conditions, second.conditions),
})
