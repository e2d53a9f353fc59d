import type { ResourceRef } from '../../model/resource-ref.js'
import { holdsRecord, type Listened, takesForRequests } from '../../istiod/scope/listened-at.js'
import type { ProxyScope } from '../../istiod/scope/proxy-scope.js'
import type { Sidecar } from '../../resources/istio/sidecar.js'
import type { MeshPort, MeshService } from '../../snapshot/services/mesh-service.js'
import type { Outcome } from '../call/outcome.js'
import type { Named, Routed } from '../call/stage-values.js'
import { leaveMesh } from './default-alternative.js'

/** No listener of the proxy has the port of the service: it leaves the mesh (VIS-20, VIS-22, VIS-31, VIS-42, ROUTE-30). */
export function portMissing(scope: ProxyScope, service: MeshService, port: number): Outcome<Routed> {
  if (takesForRequests(scope, service.hostname, port)) return takenForRequests(scope, service, port)
  const chosen = scope.services.get(service.hostname)
  const having = scope.view.servicesByHost(service.hostname).filter(({ ports }) => ports.some(({ number }) => number === port))
  const isHeld = having.some((record) => holdsRecord(chosen, record))
  if (isHeld && scope.sidecar !== undefined) return cutOff(scope, scope.sidecar, service, port)
  const elsewhere = having.find((record) => !holdsRecord(chosen, record))
  const told = elsewhere === undefined ? declaresOthers(service, port) : hasItElsewhere(scope, elsewhere, port)
  return leaveMesh(scope, port, 'AUTO', { reason: 'PORT_NOT_DECLARED', message: told.message, because: [service.ref, ...told.because] })
}

/** The Sidecar lets other ports of the service through. */
function cutOff(scope: ProxyScope, { meta }: Sidecar, service: MeshService, port: number): Outcome<Routed> {
  const message = `the Sidecar \`${meta.namespace}/${meta.name}\` does not let port ${port} of \`${service.hostname}\` through`
  const because = [service.ref, scope.view.ref(meta, 'spec.egress')]
  return leaveMesh(scope, port, 'AUTO', { reason: 'PORT_NOT_IMPORTED', message, because })
}

function declaresOthers({ hostname, ports }: MeshService, port: number): Told {
  const numbers = ports.map(({ number }) => `${number}`).join(', ')
  return { message: `\`${hostname}\` has no port ${port}, it declares ${numbers === '' ? 'none' : numbers}`, because: [] }
}

/** In a record of the host that is not the one that the proxy has. */
function hasItElsewhere(scope: ProxyScope, record: MeshService, port: number): Told {
  const { kind, namespace, name } = record.ref
  const { message, because } = scope.whyHidden(record)
  return {
    message: `\`${record.hostname}\` has port ${port} only in ${kind} \`${namespace}/${name}\`, and ${message}`,
    because: [record.ref, ...because],
  }
}

interface Told {
  readonly message: string
  readonly because: readonly ResourceRef[]
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
