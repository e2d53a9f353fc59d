/**
 * Who stands behind the gateways of networks that a control plane knows by a Service, and what do they hand on?
 */
import { arriveAtService } from '../../analysis/packets/arrive-at.js'
import { assumedPlace, type GatewayPlace, placeBehind } from '../../analysis/network/passage/gateway-place.js'
import { remembered } from '../../remembered.js'
import type { ResourceRef } from '../../model/resource-ref.js'
import type { NetworkGateway } from '../../snapshot/networks/network-gateway.js'
import { findService } from '../../snapshot/services/find-service.js'
import type { Cluster, ControlPlaneView, Snapshot } from '../../snapshot/snapshot.js'

export interface NetworkPlace {
  readonly gateway: NetworkGateway
  readonly cluster: Cluster
  readonly ref: ResourceRef
  /** `namespace/name` of the Service. */
  readonly name: string
  /** Undefined: no gateway proxy is ready there, and none can be taken to be. */
  readonly place: GatewayPlace | undefined
  /** Other pods stand behind the Service, or a live cluster shows none. */
  readonly isEmpty: boolean
}

/** Of each Service once, whatever its addresses; those without a port for mutual TLS hand nothing on. */
export const placesOf = remembered((view: ControlPlaneView, network: string): readonly NetworkPlace[] => {
  const found = new Map<string, NetworkPlace>()
  for (const gateway of view.gateways.get(network) ?? []) {
    if (gateway.service === undefined || gateway.port === 0) continue
    const key = `${gateway.service.cluster}/${gateway.service.namespace}/${gateway.service.name} ${gateway.port}`
    const place = found.has(key) ? undefined : placeAt(view.snapshot, gateway, gateway.service)
    if (place !== undefined) found.set(key, place)
  }
  return [...found.values()]
})

function placeAt(snapshot: Snapshot, gateway: NetworkGateway, at: NonNullable<NetworkGateway['service']>): NetworkPlace | undefined {
  const cluster = snapshot.clusters.get(at.cluster)
  const service = cluster === undefined ? undefined : findService(cluster, at.namespace, at.name)
  if (cluster === undefined || service === undefined) return undefined
  const { address, port } = gateway
  const arrival = arriveAtService({ cluster, service, kind: 'EXTERNAL' }, port)
  if (arrival.kind !== 'SERVICE') return undefined
  const isDeclared = arrival.endpoints.length === 0 && !cluster.observed
  const place = placeBehind(snapshot, arrival) ?? (isDeclared ? assumedPlace(snapshot, { cluster, port, address, service }) : undefined)
  return {
    gateway,
    cluster,
    ref: cluster.ref(service.meta),
    name: `${at.namespace}/${at.name}`,
    place,
    isEmpty: place === undefined && !isDeclared,
  }
}
