import { isOn } from '../../snapshot/flags.js'
import type { Gateway } from '../../resources/istio/gateway.js'
import type { Labels } from '../../resources/meta.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import type { Workload } from '../../snapshot/workloads/workload.js'
import { byAge } from '../../snapshot/by-age.js'
import { indexBySelector, type SelectorIndex } from '../../snapshot/selector-index.js'
import { remembered } from '../../remembered.js'

/** One way to find a Gateway by pod labels: one of the Gateway API is found by the Services that it runs behind. */
interface Selecting {
  readonly gateway: Gateway
  readonly selector: Labels
}

const gatewaysOf = remembered((view: ControlPlaneView): SelectorIndex<Selecting> => {
  const all = [...view.configuration.gateways.values()].flat().sort(byAge)
  const selecting = all.flatMap((gateway) => (gateway.runs?.selectors ?? [gateway.selector]).map((selector) => ({ gateway, selector })))
  return indexBySelector(selecting, ({ selector }) => selector)
})

/**
 * Gateway objects that configure this gateway proxy, the oldest first.
 *
 * The selector looks at pod labels in any namespace; an empty one means every gateway proxy. One of the Gateway API runs on the pods of its Services, in their
 * namespace. Rules ROUTE-12, NET-30, GWAPI-16, GWAPI-17.
 */
export function gatewaysSelecting(view: ControlPlaneView, workload: Pick<Workload, 'labels' | 'namespace'>): readonly Gateway[] {
  const scoped = isOn(view.controlPlane, 'PILOT_SCOPE_GATEWAY_TO_NAMESPACE')
  const found = gatewaysOf(view)
    .matching(workload.labels)
    .filter(
      ({ gateway: { runs, meta } }) =>
        (!scoped || meta.namespace === workload.namespace) && (runs === undefined || runs.namespace === workload.namespace),
    )
  const gateways = found.length > 1 ? [...new Set(found.map(({ gateway }) => gateway))] : found.map(({ gateway }) => gateway)
  const isManaged = gateways.some(({ runs }) => runs?.managed === true)
  return isManaged && isOn(view.controlPlane, 'PILOT_ENABLE_STRICT_GATEWAY_MERGING') ? besideManaged(gateways) : gateways
}

/** Beside what istiod runs for a Gateway of the Gateway API, Istio's own Gateways count in its namespace only, or in those of its ListenerSets. */
function besideManaged(gateways: readonly Gateway[]): readonly Gateway[] {
  const namespaces = new Set(gateways.flatMap(({ runs, meta }) => (runs?.managed === true ? [meta.namespace] : [])))
  return gateways.filter(({ runs, meta }) => runs !== undefined || namespaces.has(meta.namespace))
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
