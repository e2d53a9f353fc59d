/**
 * Where do requests to a service of a sidecar's scope go: by the routes of VirtualServices, else to the service (ROUTE-1 … ROUTE-7)?
 */
import { routedBy } from '../../istiod/scope/routed-by.js'
import type { MeshService } from '../../snapshot/services/mesh-service.js'
import { namesPodOf } from '../../snapshot/services/service-names.js'
import { type Outcome, stop } from '../call/outcome.js'
import type { Named, Routed } from '../call/stage-values.js'
import { chooseHttp, nameAll } from './choose-http.js'
import { concludeRoute } from './conclude-route.js'
import { defaultHttpAlternative } from './default-alternative.js'
import { withoutRequests } from './records-dialled.js'
import { refusedAtSidecar } from './refused-among.js'
import { decidingRoutes } from './route-foreign-host.js'
import type { SidecarCall } from './sidecar-call.js'
import { tellLosers } from './told/tell-losers.js'

export const routeRequest = (sidecar: SidecarCall): Outcome<Routed> => routeHttp(sidecar, domainOf(sidecar.named, sidecar.service))

/** The name that routes are looked up by: an address and a pod's own name are domains of their service (ROUTE-32). */
const domainOf = ({ resolvedBy, hostname }: Named, service: MeshService): string =>
  resolvedBy === 'LITERAL' || namesPodOf(hostname, service) ? service.hostname : hostname

/** To an undeclared port, whose listener has routes of its own. */
export const routeDetected = (sidecar: SidecarCall): Outcome<Routed> =>
  unroutedRequest(sidecar) ?? routeHttp(sidecar, sidecar.service.hostname)

/** The listener of an undeclared port has routes of its own, and none where the last record of the host that has the port declares no requests (ROUTE-16). */
function unroutedRequest({ scope, service, port }: SidecarCall): Outcome<Routed> | undefined {
  const unrouted = withoutRequests(scope, service.hostname, port.number)
  return unrouted && stop('ROUTE', { reason: 'NO_ROUTE', ...unrouted, message: `${unrouted.message}: a request gets 404` })
}

/** A listener of the port has the routes of its requests alone, and none for what only a listener for all ports imports (VIS-42). */
function routedElsewhere({ scope, service, port }: SidecarCall): Outcome<Routed> | undefined {
  const { listener } = routedBy(scope, port.number) ?? {}
  if (listener === undefined || scope.services.get(service.hostname)?.listening.some((one) => one.listener === listener)) return undefined
  const message = `the Sidecar’s listener for port ${port.number} has the routes of its requests, and none for \`${service.hostname}\`: a request gets 404`
  const because = scope.sidecar === undefined ? [service.ref] : [service.ref, scope.view.ref(scope.sidecar.meta, listener.path)]
  return stop('ROUTE', { reason: 'NO_ROUTE', message, because })
}

function routeHttp(sidecar: SidecarCall, host: string): Outcome<Routed> {
  const { call, scope, service, port, proxy, context } = sidecar
  const elsewhere = routedElsewhere(sidecar)
  if (elsewhere !== undefined) return elsewhere
  const deciding = decidingRoutes({ ...sidecar, host }, port.number).map((item) => [item])
  const chosen = chooseHttp(deciding, proxy, context, call)
  const alternatives = chosen?.alternatives ?? [defaultHttpAlternative(context, service, port)]
  const because = chosen?.by.map(({ meta }) => scope.view.ref(meta)) ?? [service.ref]
  const by = chosen === undefined ? undefined : nameAll(chosen.by)
  const besides = chosen === undefined ? undefined : tellLosers(scope.view, chosen, scope.namespace)
  const outcome = concludeRoute(
    { mode: 'MESH', port: port.number, protocol: port.protocol, alternatives },
    { on: chosen?.on ?? [], by, because, assumptions: [], besides },
  )
  return refusedAtSidecar(scope, proxy) ?? outcome
}
