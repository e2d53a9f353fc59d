import { isOn } from '../../snapshot/flags.js'
import type { MeshService } from '../../snapshot/services/mesh-service.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import type { RuleInForce } from '../destination-rules/rule-in-force.js'
import { trafficDistribution } from './traffic-distribution.js'

/**
 * Does the control plane hand out endpoints that are not ready, which then get no traffic while they are not?
 *
 * By default since 1.31, unless a DestinationRule's `minHealthPercent` could send them traffic; always with a traffic distribution, whose spilling
 * over needs to know how many are well. Rule EDS-9.
 */
export function sendsUnready(
  view: ControlPlaneView,
  service: MeshService,
  rule: RuleInForce | undefined,
  port: number,
  subset: string,
): boolean {
  const { controlPlane } = view
  if (isOn(controlPlane, 'PILOT_SEND_UNHEALTHY_ENDPOINTS') || trafficDistribution(service, view) !== undefined) return true
  if (!isOn(controlPlane, 'PILOT_AUTO_SEND_UNHEALTHY_ENDPOINTS')) return false
  return (rule?.outlierDetection(port, subset)?.minHealthPercent ?? 0) <= 0
}
