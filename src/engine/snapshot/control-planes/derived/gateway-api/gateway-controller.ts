/**
 * Which controller serves the Gateways of a class?
 *
 * istiod has classes of its own, which need no object. An object with such a name gives it to another controller only where istiod knows that one;
 * any other class is whose its object says. Rules GWAPI-7, GWAPI-8, GWAPI-9.
 */
import type { ClusterResources } from '../../../../resources/cluster-resources.js'
import { textOf } from '../../../flags.js'
import type { ControlPlane } from '../../../snapshot.js'

/** What istiod makes of a Gateway of the class. */
export type GatewayController =
  /** A gateway with listeners, and routes that are attached to them. */
  | 'GATEWAY'
  /** A reference to a gateway of another cluster. */
  | 'REMOTE'
  | 'WAYPOINT'
  | 'EAST_WEST'

type Flagged = Pick<ControlPlane, 'flags'>
type Classes = Pick<ClusterResources, 'gatewayClasses'>

const controllersOf = (controlPlane: Flagged): Readonly<Record<string, GatewayController>> => ({
  [textOf(controlPlane, 'PILOT_GATEWAY_API_CONTROLLER_NAME') ?? 'istio.io/gateway-controller']: 'GATEWAY',
  'istio.io/unmanaged-gateway': 'REMOTE',
  'istio.io/mesh-controller': 'WAYPOINT',
  'istio.io/eastwest-controller': 'EAST_WEST',
})

const builtIn = (controlPlane: Flagged, className: string): GatewayController | undefined => {
  if (className === (textOf(controlPlane, 'PILOT_GATEWAY_API_DEFAULT_GATEWAYCLASS_NAME') ?? 'istio')) return 'GATEWAY'
  if (className === 'istio-remote') return 'REMOTE'
  if (className === 'istio-waypoint') return 'WAYPOINT'
  return className === 'istio-east-west' ? 'EAST_WEST' : undefined
}

/** Undefined: it is somebody else's. */
export function controllerOf({ gatewayClasses }: Classes, controlPlane: Flagged, className: string): GatewayController | undefined {
  const stated = controllersOf(controlPlane)[gatewayClasses.get(className)?.controller ?? '']
  return stated ?? builtIn(controlPlane, className)
}

/** Is it istiod that runs pods for Gateways of the class? Not where an object gives the class to a controller that istiod does not know. */
export function isDeployed({ gatewayClasses }: Classes, controlPlane: Flagged, className: string): boolean {
  const object = gatewayClasses.get(className)
  return object === undefined
    ? builtIn(controlPlane, className) !== undefined
    : controllersOf(controlPlane)[object.controller] !== undefined
}
