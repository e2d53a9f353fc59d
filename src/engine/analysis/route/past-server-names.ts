import type { ProxyScope } from '../../istiod/scope/proxy-scope.js'
import type { VirtualService } from '../../resources/istio/virtual-service.js'
import type { MeshPort } from '../../snapshot/services/mesh-service.js'
import type { Outcome } from '../call/outcome.js'
import type { Routed } from '../call/stage-values.js'
import { nameAll } from './choose-http.js'
import { leaveMesh } from './default-alternative.js'

/** No chain of the listener takes the server name, or there is none to take: what is left is the one for all that is unknown (GWAPI-66). */
export function pastServerNames(scope: ProxyScope, port: MeshPort, name: string, candidates: readonly VirtualService[]): Outcome<Routed> {
  const routing = candidates.filter(({ tls }) => tls.length > 0)
  const untaken = name === '' ? 'what the client speaks shows none' : `none of its routes takes \`${name}\``
  const message = `${nameAll(routing)} routes port ${port.number} by server name, and ${untaken}`
  const because = routing.map(({ meta }) => scope.view.ref(meta))
  return leaveMesh(scope, port.number, port.protocol, { reason: 'SERVER_NAME_NOT_ROUTED', message, because })
}
