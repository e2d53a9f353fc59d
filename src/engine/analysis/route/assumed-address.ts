import type { Assumption } from '../../model/step.js'
import type { MeshService } from '../../snapshot/services/mesh-service.js'
import type { Named } from '../call/stage-values.js'

/** DNS outside the cluster decides whether the listener on a ServiceEntry's address is met at all. */
export function assumedAddress(named: Named, service: MeshService, listening: readonly string[]): readonly Assumption[] {
  if (named.resolvedBy !== 'UPSTREAM_DNS' || listening.length === 0) return []
  const message = `DNS outside the cluster is taken to answer \`${named.hostname}\` with \`${listening[0]}\`, where the proxy listens for it`
  return [{ code: 'EXTERNAL_ADDRESS_ASSUMED', message, because: [service.ref] }]
}
