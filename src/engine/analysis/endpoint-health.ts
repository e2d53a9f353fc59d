import type { Labels } from '../resources/meta.js'
import type { SliceEndpoint } from '../resources/endpoint-slice.js'
import type { Endpoint } from './stage-values.js'

/**
 * Health of an address of an EndpointSlice.
 *
 * `ready` absent counts as true, and so do `terminating` and `serving`: a hand-written `ready: false` alone means terminating. A pod labelled
 * for draining is draining whatever its slice says. Rule EDS-8.
 */
export function sliceHealth(endpoint: SliceEndpoint, labels: Labels, persistentSession: boolean): Endpoint['health'] {
  if (labels['istio.io/draining']) return 'DRAINING'
  if (endpoint.ready !== false) return 'HEALTHY'
  if (endpoint.terminating === false) return 'UNHEALTHY'
  return persistentSession && endpoint.serving !== false ? 'DRAINING' : 'TERMINATING'
}
