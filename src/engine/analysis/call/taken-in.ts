import type { ResolvedCall } from './call.js'
import { normalPath } from './normal-path.js'

/** The call as the proxy that makes it takes the request in: what routes judge and what is sent on. ztunnel reads no requests. */
export function takenIn(call: ResolvedCall): ResolvedCall {
  const { client, attributes } = call
  const { view, workload } = client
  const reads = workload.dataPlane === 'SIDECAR' || workload.dataPlane === 'GATEWAY' || workload.dataPlane === 'WAYPOINT'
  if (attributes.path === undefined || view === undefined || !reads) return call
  const path = normalPath(attributes.path, view.controlPlane.meshConfig.pathNormalization)
  return path === attributes.path ? call : { ...call, attributes: { ...attributes, path } }
}
