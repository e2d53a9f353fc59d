import type { ReasonCode } from '../model/reasons.js'
import { authorize } from './authorization/authorize.js'
import type { ResolvedCall } from './call/call.js'
import { judgeNetworkPolicy } from './network-policy/judge-network-policy.js'
import type { Outcome } from './call/outcome.js'
import { emptyRecorder, record, recordAll, type Recorder } from './call/recorder.js'
import type { NetworkPath, RouteTarget } from './call/stage-values.js'
import { negotiateTransport } from './transport/negotiate-transport.js'
import { verifyTrust } from './trust/verify-trust.js'
import type { TwinPaths } from './likeness/twin-paths.js'
import { type AfterNetwork, type PathEnd, stoppedEnd, type TracedPath } from './answer/traced-path.js'

/**
 * From the network to the server's policies, for each of the paths that one NETWORK step led to: NETWORK_POLICY, TRANSPORT, TRUST,
 * AUTHORIZATION. Paths whose arrivals are one share their end too.
 *
 * `network` is recorded first; `twins` holds what is known of paths to other replicas.
 */
export const tracePaths = (
  call: ResolvedCall,
  target: RouteTarget | undefined,
  network: Outcome<readonly NetworkPath[]> & { readonly passed: true },
  twins: TwinPaths<AfterNetwork>,
): readonly TracedPath[] => {
  const before = record(emptyRecorder, network)
  const ends = new Map<AfterNetwork, PathEnd>()
  return network.value.map((path) => {
    // A pod that calls itself is like no other server to it (NP-14).
    const isItself = path.server === call.client.workload
    const arrival = isItself ? arrive(call, target, path) : twins.once(path, () => arrive(call, target, path), recorderOf)
    let end = ends.get(arrival)
    if (end === undefined) ends.set(arrival, (end = endOf(before, arrival)))
    return { path, end }
  })
}

const recorderOf = ({ recorder }: AfterNetwork): Recorder => recorder

const endOf = (before: Recorder, { recorder: behind, ended, validUntil }: AfterNetwork): PathEnd => {
  const recorder = joined(before, behind)
  if (ended !== undefined) return stoppedEnd(recorder, ended)
  const depends = recorder.conditions.length > 0
  return {
    verdict: depends ? 'AMBIGUOUS' : 'REACHABLE',
    reason: depends ? dependsAt(recorder) : 'DELIVERED',
    recorder,
    arrived: true,
    validUntil,
  }
}

/** Code of the step that the verdict depends on. */
const dependsAt = ({ steps }: Recorder): ReasonCode => steps.find(({ outcome }) => outcome === 'CONDITIONAL')?.reason ?? 'POLICY_DEPENDS'

const arrive = (call: ResolvedCall, target: RouteTarget | undefined, path: NetworkPath): AfterNetwork => {
  const { client } = call
  const policy = judgeNetworkPolicy(client, path)
  if (!policy.passed) return { recorder: recordAll(policy), ended: policy, validUntil: undefined }
  const transport = negotiateTransport(client, target, path, call.attributes.protocol)
  if (!transport.passed) return { recorder: recordAll(policy, transport), ended: transport, validUntil: undefined }
  const trust = verifyTrust(call, target, transport.value)
  if (!trust.passed) return { recorder: recordAll(policy, transport, trust), ended: trust, validUntil: undefined }
  const authorized = authorize(call, trust.value, target)
  const recorder = recordAll(policy, transport, trust, authorized)
  return { recorder, ended: authorized.passed ? undefined : authorized, validUntil: trust.value.validUntil }
}

const join = <T>(first: readonly T[], second: readonly T[]): readonly T[] =>
  first.length === 0 ? second : second.length === 0 ? first : [...first, ...second]

/** One after the other; lists stay the same object where they can, because replicas share them. */
const joined = (first: Recorder, second: Recorder): Recorder => ({
  steps: join(first.steps, second.steps),
  assumptions: join(first.assumptions, second.assumptions),
  conditions: join(first.conditions, second.conditions),
})
