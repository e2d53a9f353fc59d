import type { Meta } from '../../../../resources/meta.js'
import { waypointOf } from '../../../named-waypoint.js'
import { leavesForeignWaypoints } from '../../../releases.js'
import type { ApiObjects } from './api-objects.js'

const ownControllers: ReadonlySet<string> = new Set(['istio.io/mesh-controller', 'istio.io/gateway-controller'])

/** Is the Service or ServiceEntry served by a waypoint whose class an object gives to another controller? It is left to that. Rule GWAPI-35. */
export function isOfForeignWaypoint(objects: ApiObjects, meta: Meta): boolean {
  if (!leavesForeignWaypoints(objects.controlPlane)) return false
  const named = waypointOf(objects.cluster, meta)
  const controller = named && controllerAt(objects, named.namespace || meta.namespace, named.name)
  return controller !== undefined && !ownControllers.has(controller)
}

/** The controller that the object of the Gateway's class names; undefined: there is no such Gateway, or no such object. */
function controllerAt({ cluster, selects }: ApiObjects, namespace: string, name: string): string | undefined {
  if (!selects(namespace)) return undefined
  const { kubernetesGateways, gatewayClasses } = cluster.resources
  const waypoint = kubernetesGateways.get(namespace)?.find(({ meta }) => meta.name === name)
  return waypoint === undefined ? undefined : gatewayClasses.get(waypoint.className)?.controller
}
