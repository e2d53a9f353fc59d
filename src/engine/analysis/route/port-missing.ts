import { type Listened, takesForRequests } from '../../istiod/scope/listened-at.js'
import type { ProxyScope } from '../../istiod/scope/proxy-scope.js'
import type { MeshPort, MeshService } from '../../snapshot/services/mesh-service.js'
import type { Outcome } from '../call/outcome.js'
import type { Named, Routed } from '../call/stage-values.js'
import { leaveMesh } from './default-alternative.js'

/** No listener of the proxy has the port of the service: it leaves the mesh (VIS-20, VIS-31, VIS-42, ROUTE-30). */
export function portMissing(scope: ProxyScope, service: MeshService, port: number): Outcome<Routed> {
  if (takesForRequests(scope, service.hostname, port)) return takenForRequests(scope, service, port)
  const cut = scope.view.servicesByHost(service.hostname).some((record) => record.ports.some(({ number }) => number === port))
  const ports = service.ports.map((one) => `${one.number}`).join(', ')
  const message = cut
    ? `the Sidecar does not let port ${port} of \`${service.hostname}\` through`
    : `\`${service.hostname}\` has no port ${port}, it declares ${ports === '' ? 'none' : ports}`
  const { sidecar, view } = scope
  const because = cut && sidecar !== undefined ? [service.ref, view.ref(sidecar.meta, 'spec.egress')] : [service.ref]
  return leaveMesh(scope, port, 'AUTO', { reason: cut ? 'PORT_NOT_IMPORTED' : 'PORT_NOT_DECLARED', message, because })
}

/** A Sidecar reads the port as HTTP, and a service that declares it otherwise has no routes for requests (VIS-42). */
function takenForRequests(scope: ProxyScope, service: MeshService, port: number): Outcome<Routed> {
  const message = `the Sidecar has port ${port} read as HTTP, and \`${service.hostname}\` declares it as something else, so that it has no routes there`
  const because = scope.sidecar === undefined ? [service.ref] : [service.ref, scope.view.ref(scope.sidecar.meta, 'spec.egress')]
  return leaveMesh(scope, port, 'AUTO', { reason: 'PROTOCOL_NOT_ROUTED', message, because })
}

/** A Sidecar's listener with a `bind` listens there alone, and not on the addresses of its services (VIS-42). */
export function boundElsewhere(scope: ProxyScope, { record, port, bind }: Listened): Outcome<Routed> {
  const message = `the Sidecar has port ${port.number} of \`${record.hostname}\` listened for on \`${bind}\` only, which is not what the application dials`
  const because = scope.sidecar === undefined ? [record.ref] : [scope.view.ref(scope.sidecar.meta, 'spec.egress')]
  return leaveMesh(scope, port.number, port.protocol, { reason: 'ADDRESS_NOT_CAPTURED', message, because })
}

/** The entry has blocks of addresses, and what is dialled is in none of them (DNS-16). */
export function outsideBlocks(scope: ProxyScope, { addresses }: Named, service: MeshService, port: MeshPort): Outcome<Routed> {
  const message = `the application dials \`${addresses[0]}\`, which is none of the addresses of \`${service.hostname}\``
  return leaveMesh(scope, port.number, port.protocol, { reason: 'ADDRESS_NOT_CAPTURED', message, because: [service.ref] })
}
