import { servesAmbient } from '../../istiod/ambient/serves-ambient.js'
import { serviceBinding } from '../../istiod/ambient/binding.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import { type Outcome, passedWith } from '../call/outcome.js'
import type { Routed } from '../call/stage-values.js'

/** The same, telling of the waypoint that stands in front of the service for others: a sidecar sends straight to the servers (AMB-24). */
export function pastWaypoint(view: ControlPlaneView, outcome: Outcome<Routed>): Outcome<Routed> {
  if (!outcome.passed || servesAmbient(view) === undefined) return outcome
  for (const { targets } of outcome.value.alternatives) {
    for (const { service, port } of targets) {
      const [front] = serviceBinding(view, service).bound
      if (front === undefined) continue
      const { meta } = front.waypoint.gateway
      const { step } = outcome
      const isDefault = step.reason === 'DEFAULT_ROUTE'
      const way = `past waypoint \`${meta.namespace}/${meta.name}\`, as a sidecar sends straight to the servers, and policies and routes for the waypoint do not act`
      const message = isDefault ? `the call goes to \`${service.hostname}:${port.number}\` ${way}` : `${String(step.message)}, ${way}`
      const reason = isDefault ? 'PAST_WAYPOINT' : step.reason
      const because = [...step.because, front.waypoint.cluster.ref(meta)]
      return passedWith({ ...step, reason, message, because }, outcome.value, outcome.conditions, outcome.assumptions, outcome.lookedAt)
    }
  }
  return outcome
}
