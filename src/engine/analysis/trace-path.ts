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
 * `network` is the NETWORK step's outcome for this path, recorded first.
 */
export const tracePath = (
  call: ResolvedCall,
  target: RouteTarget | undefined,
  path: NetworkPath,
  network: Outcome<unknown>,
): TracedPath => {
  const { client } = call
  const policy = considerNetworkPolicy(client.snapshot, path)
  let recorder = record(record(emptyRecorder, network), policy)
  const transport = negotiateTransport(client, target, path)
  recorder = record(recorder, transport)
  if (!transport.passed) return stopped(path, recorder, transport)
  const trust = verifyTrust(call, target, transport.value)
  recorder = record(recorder, trust)
  if (!trust.passed) return stopped(path, recorder, trust)
  const authorized = authorize(call, trust.value, target?.port.number)
  recorder = record(recorder, authorized)
  if (!authorized.passed) return stopped(path, recorder, authorized)
  const depends = recorder.conditions.length > 0
  return {
    path,
    verdict: depends ? 'AMBIGUOUS' : 'REACHABLE',
    reason: depends ? dependsAt(recorder) : 'DELIVERED',
    recorder,
    trusted: authorized.value,
  }
}
