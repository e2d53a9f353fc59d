import type { MeshService } from '../../snapshot/services/mesh-service.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import { domainSuffix } from '../matching/hosts.js'
import type { Waypoint } from './waypoint.js'

/** Name of the Service that is deployed for a waypoint, or a gateway between networks (GWAPI-11). */
export const waypointServiceName = ({ gateway: { meta } }: Pick<Waypoint, 'gateway'>): string =>
  meta.annotations['gateway.istio.io/name-override'] ?? meta.name

/** The Services of that name in all clusters, as one record; undefined: none is given. */
export function waypointService(view: ControlPlaneView, waypoint: Pick<Waypoint, 'gateway'>): MeshService | undefined {
  const { namespace } = waypoint.gateway.meta
  const host = `${waypointServiceName(waypoint)}.${namespace}.svc.${domainSuffix(view)}`
  return view.servicesByHost(host).find(({ registry }) => registry === 'KUBERNETES')
}
