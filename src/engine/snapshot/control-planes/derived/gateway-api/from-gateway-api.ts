/**
 * What istiod makes of the Gateway API: a Gateway of each listener, VirtualServices of the routes that are attached to listeners or to services, and
 * DestinationRules of policies.
 *
 * Rules GW-10, GWAPI-1, GWAPI-2, GWAPI-5.
 */
import { pause } from '../../../../pause.js'
import type { GatewayRoute } from '../../../../resources/kubernetes/gateway-route.js'
import { isOn } from '../../../flags.js'
import type { Cluster, ControlPlane } from '../../../snapshot.js'
import type { Derived } from '../derived.js'
import { type ApiObjects, apiObjectsOf, ofRevision } from './api-objects.js'
import { type ApiParent, parentsOf } from './api-parents.js'
import { type Attached, attachRoute, parentKey } from './attach-route.js'
import { destinationRulesOf } from './destination-rules-of.js'
import { flagOver } from './flag-over.js'
import { gatewaysOf } from './gateways-with-sets.js'
import { groupBy } from '../../../../group-by.js'
import { mergeParts } from './merge-parts.js'
import type { ClosedListener, RouteFate } from './route-fate.js'
import { type OtherHosts, translateRoute } from './translate-route.js'

export interface FromGatewayApi extends Derived {
  readonly fates: readonly RouteFate[]
  readonly closedListeners: readonly ClosedListener[]
}

const nothing: FromGatewayApi = { gateways: [], virtualServices: [], destinationRules: [], fates: [], closedListeners: [] }

export function fromGatewayApi(cluster: Cluster, controlPlane: ControlPlane, selects: (namespace: string) => boolean): FromGatewayApi {
  const { kubernetesGateways, gatewayRoutes, backendTlsPolicies } = cluster.resources
  const isEmpty = kubernetesGateways.size + gatewayRoutes.size + backendTlsPolicies.size === 0
  if (isEmpty || !isOn(controlPlane, 'PILOT_ENABLE_GATEWAY_API')) return nothing
  const objects = apiObjectsOf(cluster, controlPlane, selects)
  const found = gatewaysOf(objects).map((one) => {
    pause()
    return parentsOf(objects, one)
  })
  const parents = found.flatMap((one) => one.parents)
  const closed = found.flatMap((one) => one.closed)
  const index = groupBy(parents, ({ carrier }) => parentKey(carrier))
  const others = otherHosts(index)
  const translated = routesOf(objects).map((route) => {
    pause()
    const attached = attachRoute(objects, index, route)
    return { route, attached, ...translateRoute(objects, route, attached, others) }
  })
  return {
    gateways: parents.flatMap(({ gateway }) => gateway ?? []),
    virtualServices: mergeParts(translated.flatMap(({ parts }) => parts)),
    destinationRules: destinationRulesOf(objects),
    fates: translated.map(({ route, attached, errors }) => ({ route, denied: attached.flatMap(deniedBy), errors })),
    closedListeners: closed,
  }
}

const deniedBy = ({ parent, denied }: Attached): RouteFate['denied'] => (denied === undefined ? [] : [{ parent, denied }])

/** Kinds that were not stable yet count by a flag. */
const routesOf = (objects: ApiObjects): readonly GatewayRoute[] =>
  ofRevision(objects, objects.cluster.resources.gatewayRoutes).filter(({ meta }) => flagOver(objects.controlPlane, meta.kind) === undefined)

/** Listeners of one carrier, port and protocol, by which one of them knows the others. */
function otherHosts(index: ReadonlyMap<string, readonly ApiParent[]>): OtherHosts {
  const keyOf = ({ carrier, listener }: ApiParent): string => `${parentKey(carrier)} ${listener.port} ${listener.protocol}`
  const hosts = groupBy([...index.values()].flat(), keyOf)
  return (listener) =>
    (hosts.get(keyOf(listener)) ?? []).map(({ hostname }) => hostname).filter((hostname) => hostname !== listener.hostname)
}
