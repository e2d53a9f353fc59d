import type { Protocol } from '../../resources/kubernetes/protocol.js'

import { type Outcome, goOn, type Said, stop } from '../call/outcome.js'
import { type Alternative, isEnd, type RoutingContext, targetOf } from './find-target.js'
import { spelledHost } from './spelled-host.js'
import type { Routed } from '../call/stage-values.js'
import type { ProxyScope } from '../../istiod/scope/proxy-scope.js'
import type { MeshPort, MeshService } from '../../snapshot/services/mesh-service.js'

/** Without a route of its own, a service's traffic goes to the service (ROUTE-3). */
export function defaultAlternative(context: RoutingContext, service: MeshService, port: MeshPort): Alternative {
  const target = targetOf(context, service, port, '', 1, [service.ref])
  return isEnd(target) ? { when: undefined, targets: [], ends: target } : { when: undefined, targets: [target], ends: undefined }
}

/** The same for a request, whose route is named in small letters (ROUTE-3). */
export function defaultHttpAlternative(context: RoutingContext, service: MeshService, port: MeshPort): Alternative {
  const spelled = spelledHost(service)
  if (spelled === undefined) return defaultAlternative(context, service, port)
  const message = `the host is written \`${spelled}\`, with capital letters, and the proxy’s own route to it leads to a cluster in small letters, which does not exist`
  return { when: undefined, targets: [], ends: { reason: 'UNKNOWN_CLUSTER', message, because: [service.ref], delivered: false } }
}

/** The call is forwarded as it is: nothing routes it (VIS-31, ROUTE-34). */
export function unrouted(mode: Routed['mode'], port: number, protocol: Protocol, said: Said): Outcome<Routed> {
  const value: Routed = { mode, port, protocol, alternatives: [{ when: undefined, targets: [], ends: undefined }] }
  return goOn('ROUTE', value, said, { outcome: 'NOT_APPLICABLE' })
}

/**
 * No listener of the proxy takes the connection, though the host is known: the outbound policy decides as for an unknown one.
 *
 * Rules VIS-31, ROUTE-30.
 */
export function leaveMesh(scope: ProxyScope | undefined, port: number, protocol: Protocol, said: Said): Outcome<Routed> {
  if (scope?.outboundMode === 'REGISTRY_ONLY') {
    const message = `${said.message}, and the outbound policy \`REGISTRY_ONLY\` refuses unknown destinations`
    return stop('ROUTE', { reason: 'BLACKHOLED', message, because: [...said.because, ...scope.outboundBecause] })
  }
  const message = `${said.message}; it is passed on in plaintext to the original address`
  return unrouted('PASSTHROUGH', port, protocol, { ...said, message })
}
