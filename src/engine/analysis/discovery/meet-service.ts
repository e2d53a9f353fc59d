/**
 * Which Service does the application's own resolver lead to, and whom does a connection to its address meet?
 *
 * The client's own cluster answers: kube-proxy spreads a cluster IP over its ready pods, a headless name is answered with the pods themselves, so
 * that the port dialled is theirs. Rules DNS-2, DNS-4, DNS-12, ROUTE-34, VIS-36.
 */
import type { Service } from '../../resources/kubernetes/service.js'
import { readServiceName } from '../../snapshot/services/service-names.js'
import type { Endpoint } from '../../istiod/endpoints/endpoint.js'
import { arriveAtService } from '../packets/arrive-at.js'
import type { Said } from '../call/outcome.js'
import type { Client } from '../call/call.js'
import type { Named } from '../call/stage-values.js'
import { dialledAt } from '../packets/dialled-at.js'
import { areNodesUnknown } from './nodes-unknown.js'

/** What the application dials. */
export interface Dialled {
  readonly named: Named
  readonly port: number
}

export interface Met {
  readonly endpoints: readonly Endpoint[]
  /** The Service has no such port. */
  readonly refused: Pick<Said, 'message' | 'because'> | undefined
  /** The Service keeps calls on the client's node, and nothing says which of the endpoints, if any, is there. */
  readonly nodesUnknown?: boolean
}

/** The endpoints that a connection to the Service's port may meet, or why it meets none. */
export function meetService(client: Client, dialled: Dialled, service: Service): Met {
  if (service.headless) return { endpoints: podsOf(client, dialled, service), refused: undefined }
  const arrival = arriveAtService({ cluster: client.cluster, service, kind: 'CLUSTER_IP' }, dialled.port)
  if (arrival.kind === 'SERVICE') return onNode(client, service, arrival.endpoints)
  return { endpoints: [], refused: arrival.kind === 'NOT_LISTENING' ? arrival : undefined }
}

/** The name gives pod IPs, a pod's own name only that pod's; so the port dialled is the pod's own. */
function podsOf({ cluster, snapshot }: Client, { named, port: dialled }: Dialled, service: Service): readonly Endpoint[] {
  const single = readServiceName(named.hostname, cluster.clusterDomain)?.pod !== undefined
  const seen = new Map<string, Endpoint>()
  for (const port of service.ports) {
    const arrival = arriveAtService({ cluster, service, kind: 'CLUSTER_IP' }, port.number)
    for (const endpoint of arrival.kind === 'SERVICE' ? arrival.endpoints : []) {
      if (single && !named.addresses.includes(endpoint.address)) continue
      const met = dialledAt(snapshot, endpoint, dialled)
      if (met.closed === undefined || !seen.has(endpoint.address)) seen.set(endpoint.address, met)
    }
  }
  return [...seen.values()]
}

function onNode(client: Client, service: Service, endpoints: readonly Endpoint[]): Met {
  if (!service.internalTrafficPolicyLocal) return { endpoints, refused: undefined }
  if (areNodesUnknown(client, endpoints)) return { endpoints, refused: undefined, nodesUnknown: true }
  return { endpoints: endpoints.filter(({ nodeName }) => nodeName === client.workload.nodeName), refused: undefined }
}
