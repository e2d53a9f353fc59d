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
  const { outcomes, ended, trusted } = twins.once(
    path,
    () => arrive(call, target, path),
    (arrival) => arrival.outcomes,
  )
  const recorder = [network, ...outcomes].reduce(record, emptyRecorder)
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
  readonly outcomes: readonly Outcome<unknown>[]
  readonly ended: (Outcome<unknown> & { readonly passed: false }) | undefined
  readonly trusted: Trusted | undefined
}

const arrive = (call: ResolvedCall, target: RouteTarget | undefined, path: NetworkPath): Arrival => {
  const { client } = call
  const policy = considerNetworkPolicy(client.snapshot, path)
  const transport = negotiateTransport(client, target, path)
  if (!transport.passed) return { outcomes: [policy, transport], ended: transport, trusted: undefined }
  const trust = verifyTrust(call, target, transport.value)
  if (!trust.passed) return { outcomes: [policy, transport, trust], ended: trust, trusted: undefined }
  const authorized = authorize(call, trust.value, target?.port.number)
  const outcomes = [policy, transport, trust, authorized]
  return authorized.passed ? { outcomes, ended: undefined, trusted: authorized.value } : { outcomes, ended: authorized, trusted: undefined }
}
