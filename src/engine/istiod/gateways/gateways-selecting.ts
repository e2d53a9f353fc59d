import { isOn } from '../../snapshot/flags.js'
import type { Gateway } from '../../resources/istio/gateway.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import type { Workload } from '../../snapshot/workloads/workload.js'
import { byAge } from '../../snapshot/by-age.js'
import { indexBySelector, type SelectorIndex } from '../../snapshot/selector-index.js'
import { remembered } from '../../remembered.js'

const gatewaysOf = remembered(
  (view: ControlPlaneView): SelectorIndex<Gateway> =>
    indexBySelector([...view.configuration.gateways.values()].flat().sort(byAge), ({ selector }) => selector),
)

/**
 * Gateway objects that configure this gateway proxy, the oldest first.
 *
 * The selector looks at pod labels in any namespace; an empty one means every gateway proxy (ROUTE-12, NET-30).
 */
export function gatewaysSelecting(view: ControlPlaneView, workload: Pick<Workload, 'labels' | 'namespace'>): readonly Gateway[] {
  const scoped = isOn(view.controlPlane, 'PILOT_SCOPE_GATEWAY_TO_NAMESPACE')
  return gatewaysOf(view)
    .matching(workload.labels)
    .filter((gateway) => (!scoped && gateway.ownNamespace !== true) || gateway.meta.namespace === workload.namespace)
}

/** A VirtualService's `gateways` as `namespace/name`; `mesh` stays, and is what an empty list means (VIS-27, ROUTE-11). */
export function boundGateways(names: readonly string[], namespace: string): readonly string[] {
  if (names.length === 0) return ['mesh']
  return names.map((name) => gatewayName(name, namespace))
}

/**
 * A gateway as a VirtualService of the namespace names it, in full: `mesh` and `namespace/name` stay, `./name` and a name alone are of its own
 * namespace, and the first two labels of an old name such as `name.namespace.svc.cluster.local` say the rest (ROUTE-11, resolveGatewayName).
 */
export function gatewayName(written: string, namespace: string): string {
  if (written === 'mesh') return written
  if (written.startsWith('./')) return `${namespace}/${written.slice(2)}`
  if (written.includes('/')) return written
  const [name, place = namespace] = written.split('.')
  return `${place}/${name}`
}
