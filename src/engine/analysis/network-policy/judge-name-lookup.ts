/**
 * May the client ask the cluster's DNS at all?
 *
 * A pod that is restricted in what it sends needs a rule for port 53 of the DNS pods, or it gets no address for any name that its proxy
 * does not answer itself. It is judged like every other connection, over UDP. Rule NP-22.
 */
import type { ResolvedCall } from '../call/call.js'
import { assuming, endedWith, type Outcome, stepOf, stop } from '../call/outcome.js'
import { nearNetworkPolicies } from '../near/near-network-policies.js'
import type { Named } from '../call/stage-values.js'
import { judgeLookup, type Lookup } from './judge-lookup.js'
import { isUnmodelled, refsOf, tellAll } from './tell-all.js'

/** NAME's result, unless policies keep the client from getting it. */
export const judgeNameLookup = (call: ResolvedCall, named: Outcome<Named>): Outcome<Named> => {
  if (!named.passed || named.value.resolvedBy === 'LITERAL' || named.value.resolvedBy === 'DNS_CAPTURE') return named
  const lookup = judgeLookup(call.client)
  if (lookup.value !== 'OPEN') return withoutDns(call, lookup)
  return assuming(named, lookup.assumptions)
}

const withoutDns = ({ client, host }: ResolvedCall, { value, ends, assumptions }: Lookup): Outcome<never> => {
  const because = ends.flatMap(refsOf)
  const near = () => nearNetworkPolicies(client.snapshot, [...new Set(ends.map(({ connection }) => connection))])
  if (value === 'DENIED') {
    const message = `\`${host}\` cannot be looked up in the DNS of cluster \`${client.cluster.name}\`, as ${tellAll(ends)}`
    return stop('NAME', { reason: 'NAME_NOT_RESOLVED', message, because, near }, assumptions)
  }
  const message = `whether \`${host}\` can be looked up is not known, as ${tellAll(ends)}`
  const reason = isUnmodelled(ends) ? 'NETWORK_POLICY_NOT_MODELLED' : 'INPUT_MISSING'
  return endedWith(stepOf('NAME', 'UNDETERMINED', { reason, message, because, near }), 'UNDETERMINED', assumptions)
}
