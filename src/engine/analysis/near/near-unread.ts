/**
 * Which objects would have a say, did a flag of the control plane not keep it from reading them?
 *
 * Routes and policies of the Gateway API, and what Multi-Cluster Services offer by the name of the set. Rules GWAPI-1, GWAPI-2, GWAPI-69, MCS-1.
 */
import type { NearMiss } from '../../model/step.js'
import { serviceKind } from '../../resources/kubernetes/route-parent.js'
import type { Meta } from '../../resources/meta.js'
import { overlaps } from '../../snapshot/covers.js'
import { flagOver } from '../../snapshot/control-planes/derived/gateway-api/flag-over.js'
import { isOn } from '../../snapshot/flags.js'
import { readClustersetName } from '../../snapshot/services/clusterset-names.js'
import { exportOf, importOf } from '../../snapshot/services/names-clusterset.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import { nearMiss } from './near-miss.js'

/** The host of the call, and whether it is asked of a gateway's proxy. */
export interface Meant {
  readonly hostname: string
  readonly atGateway: boolean
}

const isService = (hostname: string, name: string, namespace: string): boolean => hostname.startsWith(`${name}.${namespace}.svc.`)

/** Routes and policies of the Gateway API for the host. */
export function nearUnread(view: ControlPlaneView, { hostname, atGateway }: Meant): readonly NearMiss[] {
  const { controlPlane, configCluster } = view
  if (configCluster === undefined) return []
  const { gatewayRoutes, backendTlsPolicies } = configCluster.resources
  const routes = [...gatewayRoutes.values()].flat().filter(({ meta, parents, hostnames }) => {
    if (flagOver(controlPlane, meta.kind) === undefined) return false
    return atGateway
      ? hostnames.some((host) => overlaps(host, hostname))
      : parents.some(({ kind, name, namespace }) => kind === serviceKind && isService(hostname, name, namespace))
  })
  const policies = [...backendTlsPolicies.values()]
    .flat()
    .filter(({ meta, targets }) => targets.some(({ kind, name }) => kind === serviceKind && isService(hostname, name, meta.namespace)))
  return [...routes, ...policies].flatMap(({ meta }) => unreadBy(view, meta))
}

/** Gateways of the Gateway API with a listener for the host. */
export const nearUnreadGateways = (view: ControlPlaneView, hostname: string): readonly NearMiss[] =>
  [...(view.configCluster?.resources.kubernetesGateways.values() ?? [])]
    .flat()
    .filter(({ listeners }) => listeners.some((listener) => overlaps(listener.hostname ?? '*', hostname)))
    .flatMap(({ meta }) => unreadBy(view, meta))

function unreadBy(view: ControlPlaneView, meta: Meta): readonly NearMiss[] {
  const flag = flagOver(view.controlPlane, meta.kind)
  return flag === undefined ? [] : [nearMiss(view.ref(meta), isOffWithout(view, 'is not read', flag))]
}

const isOffWithout = ({ controlPlane }: ControlPlaneView, what: string, flag: string): string =>
  `${what} by control plane \`${controlPlane.name}\`, which runs without \`${flag}\``

/** Exports and imports behind a name of the set of clusters. */
export function nearClusterset(view: ControlPlaneView, hostname: string): readonly NearMiss[] {
  const named = readClustersetName(hostname)
  const off = (['ENABLE_MCS_SERVICE_DISCOVERY', 'ENABLE_MCS_HOST'] as const).find((flag) => !isOn(view.controlPlane, flag))
  if (named === undefined || off === undefined) return []
  return view.clusters.flatMap((cluster) =>
    [importOf(cluster, named.namespace, named.name), exportOf(cluster, named.namespace, named.name)].flatMap((found) =>
      found === undefined ? [] : [nearMiss(cluster.ref(found.meta), isOffWithout(view, `is given no name \`${hostname}\``, off))],
    ),
  )
}
