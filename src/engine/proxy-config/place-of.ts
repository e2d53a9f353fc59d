import type { Client } from '../analysis/call/call.js'
import type { RouteTarget } from '../analysis/call/stage-values.js'
import { ranksByLabels } from '../analysis/distribution/distribute.js'
import { localityText } from '../istiod/endpoints/augment-labels.js'
import { ipFamily } from '../istiod/matching/ip-family.js'

/** Everything of a proxy that decides which endpoints of a service it is given, and in which order, where its node and labels have no say. */
export const placeOf = ({ workload }: Client): string => {
  const { cluster, proxyNetwork, networkLabel, requestedNetworks, locality, dataPlane, ips } = workload
  const families = [...new Set(ips.map(ipFamily))].sort()
  return JSON.stringify([cluster, proxyNetwork, networkLabel, requestedNetworks, localityText(locality), dataPlane, families])
}

/** Node and labels where they have one: services that keep calls on the node, and failover by labels (VIS-36, LB-6, LB-7). */
export const labelsAndPlaceOf = (client: Client, target: RouteTarget): string => {
  const { nodeName, labels, meta } = client.workload
  const local = target.service.definitions[0]?.service.internalTrafficPolicyLocal === true
  const ranked = ranksByLabels(client, target)
  return local || ranked ? JSON.stringify([nodeName ?? '', local ? meta.kind : '', ranked ? Object.entries(labels).sort() : '']) : ''
}
