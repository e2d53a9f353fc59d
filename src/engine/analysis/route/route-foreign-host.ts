import { chooseHttp, nameAll } from './choose-http.js'
import { leaveMesh } from './default-route.js'
import type { Outcome } from '../call/outcome.js'
import type { ProxyScope } from '../../istiod/scope/proxy-scope.js'
import type { RoutingProxy } from './route-candidates.js'
import type { RoutingContext } from './route-targets.js'
import { concludeRoute } from './routed-step.js'
import type { ResolvedCall } from '../call/call.js'
import type { Named, Routed } from '../call/stage-values.js'
import { domainSuffix, qualify } from '../../istiod/matching/hosts.js'
import { virtualServicesFor } from '../../istiod/scope/virtual-service-match.js'
import { remembered } from '../../remembered.js'

/** Has the proxy an HTTP listener on port 80 at all: does some service in scope use it? */
const listensOnHttp = remembered(({ view, services }: ProxyScope): boolean => {
  const usable = view.services.filter((service) => service.ports.some((port) => port.number === 80 && port.protocol === 'HTTP'))
  return usable.some((service) => services.get(service.hostname)?.ports.includes(80) === true)
})

/**
 * A host that is no service, known only to a VirtualService: it is programmed on port 80, where any service listens there,
 * and on the HTTP ports of the VirtualService's other hosts (ROUTE-1).
 */
export function routeForeignHost(call: ResolvedCall, named: Named, proxy: RoutingProxy, context: RoutingContext): Outcome<Routed> {
  const { scope } = context
  const groups = virtualServicesFor(scope, named.hostname).flatMap((group) => group.map((item) => [item]))
  const suffix = domainSuffix(scope.view)
  const programmed = groups.filter(([item]) => {
    const shared = item?.hosts.flatMap((host) => scope.services.get(qualify(host, item.meta.namespace, suffix))?.service.ports ?? []) ?? []
    return (proxy.port === 80 && listensOnHttp(scope)) || shared.some((port) => port.number === proxy.port && port.protocol === 'HTTP')
  })
  const chosen = chooseHttp(programmed, proxy, context, call)
  if (chosen === undefined) {
    const message = `\`${named.hostname}\` is no service, and its VirtualService is not in force on port ${proxy.port}`
    const because = groups.flat().map(({ meta }) => scope.view.ref(meta, 'spec.hosts'))
    return leaveMesh(scope, proxy.port, 'AUTO', { reason: 'HOST_NOT_PROGRAMMED', message, because })
  }
  const because = chosen.by.map(({ meta }) => scope.view.ref(meta))
  const value: Routed = { mode: 'MESH', port: proxy.port, protocol: 'HTTP', alternatives: chosen.alternatives }
  return concludeRoute(value, { on: chosen.on, by: nameAll(chosen.by), because, assumptions: [] })
}
