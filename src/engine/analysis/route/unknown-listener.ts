import type { MeshPort, MeshService } from '../../snapshot/services/mesh-service.js'
import { type Outcome, undetermined } from '../call/outcome.js'
import type { Routed } from '../call/stage-values.js'

/** Envoy takes no server names such as `*-api.example.com` and refuses the listener that has one, with whatever else is in it. */
export function unknownListener(service: MeshService, port: MeshPort): Outcome<Routed> {
  const message = `proxies refuse a listener for \`${service.hostname}\`, whose wildcard begins inside of a label, on TLS port ${port.number}: what becomes of the connection is not known`
  return undetermined('ROUTE', message, [service.ref])
}
