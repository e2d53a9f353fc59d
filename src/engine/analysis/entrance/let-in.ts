/**
 * Does a gateway let a client outside in: the leg from the entrance to the gateway's own policies, before it calls anybody?
 *
 * The gateway's control plane decides, with the identity that plaintext or foreign TLS gives: none. Rules AUTHZ-17, NP-11, ROUTE-7, GW-5, GW-7.
 */
import type { Hop } from '../../model/step.js'
import { instanceEndpoint } from '../../istiod/endpoints/instance-endpoint.js'
import { redirects } from '../../istiod/gateways/redirects.js'
import { isSecure, type ServerOfGateway } from '../../istiod/gateways/servers-for.js'
import { virtualHostsOver } from '../../istiod/gateways/virtual-hosts.js'
import { scopeOf } from '../../istiod/scope/scope-of.js'
import { hostedOver } from '../../istiod/scope/virtual-services-for.js'
import { titleOf } from '../../snapshot/references.js'
import { authorize } from '../authorization/authorize.js'
import type { ResolvedCall } from '../call/call.js'
import { goOn, onHop, type Outcome, passedWith, type Said, stop } from '../call/outcome.js'
import { emptyRecorder, record, type Recorder } from '../call/recorder.js'
import type { NetworkPath, Trusted } from '../call/stage-values.js'
import { judgeNetworkPolicy } from '../network-policy/judge-network-policy.js'
import { verifyTrust } from '../trust/verify-trust.js'
import { findUnread } from '../unread/find-unread.js'
import { openAuthorization } from '../unread-kinds/open-authorization.js'
import { openNetworkPolicy } from '../unread-kinds/open-network-policy.js'
import { acceptVisitor } from './accept-visitor.js'
import { callOfGateway, nameAtGateway } from './call-of-gateway.js'
import { serversBehind, type TakingEntrance } from './taking-entrance.js'
import { gatewayOf, placeOf } from './entrance.js'

/** How far a visitor gets at the gateway; `ended` is undefined where the gateway goes on to route the call. */
export interface LetIn {
  readonly recorder: Recorder
  readonly hop: Hop
  readonly ended: (Outcome<unknown> & { readonly passed: false }) | undefined
}

/** `call`: the visitor's, with what is sent on the port. */
export function letIn(call: ResolvedCall, taking: TakingEntrance, leading: Outcome<unknown>): LetIn {
  const hop: Hop = { index: 0, kind: 'GATEWAY', from: 'outside', to: placeOf(taking.entrance) }
  const path = pathTo(taking)
  let recorder = record(emptyRecorder, leading)
  const tell = <T>(outcome: Outcome<T>): Outcome<T> => {
    recorder = record(recorder, onHop(hop, outcome))
    return outcome
  }
  const ended = (outcome: Outcome<unknown>): LetIn => ({ recorder, hop, ended: outcome.passed ? undefined : outcome })
  tell(entering(taking))
  const policy = tell(
    openNetworkPolicy(
      call.client,
      path,
      judgeNetworkPolicy(call.client, path, () => false),
      () => false,
    ),
  )
  if (!policy.passed) return ended(policy)
  const transport = tell(acceptVisitor(taking, path, call.attributes.protocol, call.at))
  if (!transport.passed) return ended(transport)
  const trust = tell(unverified(verifyTrust(call, undefined, transport.value)))
  if (!trust.passed) return ended(trust)
  const authorized = tell(allowed(call, trust.value))
  const redirecting = authorized.passed ? redirectingServer(call, taking) : undefined
  return ended(redirecting === undefined ? authorized : tell(redirected(taking, redirecting)))
}

/** What the certificates are worth is said where the server takes the connection. */
const unverified = <T>(outcome: Outcome<T>): Outcome<T> =>
  outcome.passed ? passedWith(outcome.step, outcome.value, outcome.conditions, []) : outcome

/** The server that answers requests for the name with a redirect, if that is what the narrowest name does (ROUTE-7, ROUTE-11). */
function redirectingServer(call: ResolvedCall, taking: TakingEntrance): ServerOfGateway | undefined {
  const { servers, server, entrance } = taking
  if (isSecure(server.server) || !servers.some((one) => redirects(one.server))) return undefined
  const scope = scopeOf(callOfGateway(call, taking).client)
  const { hostname } = nameAtGateway(call, taking)
  const candidates = scope === undefined ? [] : hostedOver(scope, hostname, server.server.port.number)
  const sharing = serversBehind(entrance).filter((one) => servers.includes(one) && !isSecure(one.server))
  return virtualHostsOver(sharing, candidates, hostname)[0]?.redirecting
}

function allowed(call: ResolvedCall, trusted: Trusted): Outcome<Trusted> {
  const judged = authorize(call, trusted)
  const unread = judged.passed ? findUnread(call, undefined, trusted.transported, judged) : undefined
  return unread ?? openAuthorization(call, undefined, trusted.transported, judged)
}

function pathTo({ entrance }: TakingEntrance): NetworkPath {
  const { workload } = entrance.proxy
  const rest = { port: entrance.podPort, portName: '', health: 'HEALTHY', origin: 'SYNTHESISED', because: entrance.because } as const
  const endpoint = instanceEndpoint(workload, (_cluster, _address, label) => label, rest)
  const dialled = { address: entrance.addresses[0] ?? endpoint.address, port: entrance.port }
  return { endpoint, dialled, passage: undefined, server: workload, serverPort: entrance.podPort, locality: '', weight: 1 }
}

function entering({ entrance }: TakingEntrance): Outcome<Entrance> {
  const { addresses, service, port, podPort, because, assumptions, conditions = [] } = entrance
  const at = addresses.filter((address) => !address.includes(':')).slice(0, 2)
  const where = at.length === 0 ? '' : ` at \`${at.join('`, `')}\``
  const whose = service === undefined ? '' : `, by Service \`${service.meta.namespace}/${service.meta.name}\``
  const message = `the call enters \`${entrance.cluster.name}\` by gateway \`${gatewayOf(entrance)}\`${where}${whose}, where port ${port} leads to port ${podPort} of its pods`
  const said: Said = { reason: 'VIA_GATEWAY', message, because }
  return goOn('NETWORK', entrance, said, { assumptions, conditions })
}

type Entrance = TakingEntrance['entrance']

function redirected({ entrance }: TakingEntrance, { gateway }: ServerOfGateway): Outcome<never> {
  const message = `${titleOf(gateway.meta)} answers with a redirect to https; ask for the port that takes TLS`
  return stop('ROUTE', { reason: 'REDIRECTED', message, because: [entrance.view.ref(gateway.meta, 'spec.servers')] })
}
