import type { Assumption } from '../../model/step.js'
import type { Endpoint } from '../../istiod/endpoints/endpoint.js'
import type { MeshService } from '../../snapshot/services/mesh-service.js'

/** Endpoints that no EndpointSlice shows. */
export function synthesisedAssumptions(service: MeshService, held: readonly Endpoint[]): readonly Assumption[] {
  const synthesised = held.filter(({ origin }) => origin === 'SYNTHESISED')
  if (synthesised.length === 0) return []
  const clusters = [...new Set(synthesised.map(({ cluster }) => cluster))].join('`, `')
  const message = `endpoints of \`${service.hostname}\` in cluster \`${clusters}\` are worked out from selectors and templates, as no EndpointSlices are given`
  return [{ code: 'ENDPOINTS_SYNTHESISED', message, because: [service.ref] }]
}
