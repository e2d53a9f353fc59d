/**
 * Do policies at a gateway between networks let a tunnel in?
 *
 * It knows no service's policies, but as a proxy of the kind of waypoints it enforces those that name it, or the class of waypoints from the root namespace:
 * for connections, by the identity of the outer tunnel. A class-wide ALLOW for requests therefore closes all that crosses networks. Rule AMB-67.
 */
import type { Workload } from '../../snapshot/workloads/workload.js'
import type { ResolvedCall } from '../call/call.js'
import { goOn, lookingAt, type Outcome, stop, undetermined } from '../call/outcome.js'
import type { Trusted } from '../call/stage-values.js'
import { noToken } from './token-state.js'
import { decide } from './decide.js'
import type { PolicyRequest } from './policy-request.js'
import { identifiedBy } from './identified-by.js'
import { seenAs } from './seen-as.js'
import { addressesOf, callerAddresses } from './addresses-of.js'
import { waypointPolicies } from './waypoint-policies.js'

export function authorizeTunnel(call: ResolvedCall, trusted: Trusted): Outcome<Trusted> {
  const { passage } = trusted.transported.path
  const proxy = passage?.gateway.tunnel === undefined ? undefined : passage.proxy
  if (proxy === undefined) return nothingToSay(trusted)
  const view = proxy.controlPlane === undefined ? undefined : call.client.snapshot.view(proxy.controlPlane)
  if (view?.configCluster === undefined)
    return undetermined('AUTHORIZATION', `the authorization policies of gateway \`${proxy.name}\` are unknown`, [proxy.ref])
  const policies = waypointPolicies(view, proxy, undefined)
  if (policies.custom.length + policies.deny.length + policies.allow.length === 0) return nothingToSay(trusted)
  const { verdict, message, because, conditions } = decide(view, policies, requestAt(call, trusted, proxy, passage?.proxyPort ?? 15008))
  const told = `at gateway \`${proxy.namespace}/${proxy.owner.name}\` between the networks, which judges connections by policies for waypoints: ${message}`
  if (verdict === 'DENIED') return lookingAt(stop('AUTHORIZATION', { reason: 'DENIED', message: told, because }), policies.lookedAt)
  const reason = verdict === 'ALLOWED' ? 'ALLOWED' : 'POLICY_DEPENDS'
  return lookingAt(goOn('AUTHORIZATION', trusted, { reason, message: told, because }, { conditions }), policies.lookedAt)
}

const nothingToSay = (trusted: Trusted): Outcome<Trusted> =>
  goOn('AUTHORIZATION', trusted, { reason: 'NO_POLICY', message: 'no policy concerns a gateway between networks', because: [] })

function requestAt(call: ResolvedCall, trusted: Trusted, proxy: Workload, port: number): PolicyRequest {
  const { method, path, headers, absentHeaders, authorities = [] } = call.attributes
  return {
    peer: trusted.peer,
    seen: seenAs(trusted, call.client.workload, proxy),
    identity: () => identifiedBy(call.client.snapshot, trusted, call.client.workload),
    chain: 'TCP',
    method,
    path,
    headers,
    absentHeaders,
    authorities,
    sni: undefined,
    port,
    sourceAddresses: callerAddresses(call),
    destinationAddresses: addressesOf(call, proxy),
    token: noToken,
  }
}
