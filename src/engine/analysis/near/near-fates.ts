import type { NearMiss } from '../../model/step.js'
import { gatewayKind, serviceKind } from '../../resources/kubernetes/route-parent.js'
import { overlaps } from '../../snapshot/covers.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import type { Workload } from '../../snapshot/workloads/workload.js'
import { gatewaysSelecting } from '../../istiod/gateways/gateways-selecting.js'
import { nearMiss } from './near-miss.js'

/**
 * Routes of the Gateway API that are meant for the host, or for a Gateway of this proxy, and that a parent does not take or a mistake takes away.
 *
 * Rules GWAPI-6, GWAPI-31, GWAPI-42.
 */
export function nearFates(view: ControlPlaneView, hostname: string, workload: Workload): readonly NearMiss[] {
  const own = new Set(
    workload.dataPlane === 'GATEWAY'
      ? gatewaysSelecting(view, workload).flatMap(({ meta: { origin } }) =>
          origin === undefined ? [] : [`${origin.namespace}/${origin.name}`],
        )
      : [],
  )
  return view.routeFates.flatMap(({ route, denied, errors }) => {
    const { meta, hostnames, parents } = route
    const isMeant = ({ kind, namespace, name }: (typeof parents)[number]): boolean =>
      kind === serviceKind
        ? hostname.startsWith(`${name}.${namespace}.svc.`)
        : kind === gatewayKind &&
          own.has(`${namespace}/${name}`) &&
          (hostnames.length === 0 || hostnames.some((host) => overlaps(host, hostname)))
    if (!parents.some(isMeant)) return []
    const refused = denied
      .filter(({ parent }) => isMeant(parent))
      .map(({ parent, denied: { message } }) =>
        nearMiss(view.ref(meta, `spec.parentRefs[${parent.position}]`), `is not attached, as ${message}`),
      )
    const wrong = errors.slice(0, 1).map((error) => nearMiss(view.ref(meta, 'spec.rules'), `has no rule that counts, as ${error}`))
    return [...refused, ...wrong]
  })
}
