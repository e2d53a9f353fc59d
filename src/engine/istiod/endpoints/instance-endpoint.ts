import type { ResourceRef } from '../../model/resource-ref.js'
import type { Labels } from '../../resources/meta.js'
import type { Workload } from '../../snapshot/workloads/workload.js'
import { augmentLabels, localityText } from './augment-labels.js'
import type { Endpoint } from './endpoint.js'
import { remembered } from '../../remembered.js'

/** Network of an address in the eyes of whoever asks: a control plane (NET-1), or the bare cluster for a client without proxy. */
export type NetworkOf = (cluster: string, address: string | undefined, networkLabel: string) => string

/** Stable stand-in for the address of an instance that does not exist yet; '' is Istio's own way to say "no address" (EDS-23). */
export const standInAddress = ({ cluster, namespace, name }: Workload): string => `pod:${cluster}/${namespace}/${name}`

/** One set of labels for all ports and all control planes that agree on the network: what looks at labels may remember them. */
const labelsOf = remembered(
  ({ labels, cluster, locality, nodeName = '' }: Workload, network: string): Labels =>
    augmentLabels(labels, { cluster, network, locality: localityText(locality), nodeName }),
)

/** An endpoint backed by an instance of the topology: what it is and where it stands comes from there. */
export function instanceEndpoint(
  workload: Workload,
  networkOf: NetworkOf,
  rest: {
    readonly address?: string
    readonly port: number
    readonly portName: string
    readonly entryPort?: number
    readonly health: Endpoint['health']
    readonly origin: Endpoint['origin']
    readonly because: readonly ResourceRef[]
  },
): Endpoint {
  const network = networkOf(workload.cluster, rest.address ?? workload.ips[0], workload.networkLabel)
  const locality = localityText(workload.locality)
  const nodeName = workload.nodeName ?? ''
  return {
    address: rest.address ?? workload.ips[0] ?? standInAddress(workload),
    port: rest.port,
    portName: rest.portName,
    ...(rest.entryPort === undefined ? {} : { entryPort: rest.entryPort }),
    cluster: workload.cluster,
    network,
    namespace: workload.namespace,
    labels: labelsOf(workload, network),
    locality,
    weight: 1,
    serviceAccount: workload.serviceAccount,
    tlsMode: workload.tlsMode,
    health: rest.health,
    nodeName,
    workload,
    origin: rest.origin,
    because: rest.because,
  }
}
