import { labelsNetworks } from '../../snapshot/releases.js'
import type { Cluster, ControlPlaneView } from '../../snapshot/snapshot.js'
import type { Endpoint } from '../endpoints/endpoint.js'

const networkKey = 'topology.istio.io/network'

/** Network of a cluster's pods in the eyes of ztunnels: by the label of the system namespace alone, in whose place the header's word stands. Rule AMB-5. */
export function ambientNetwork({ controlPlane }: ControlPlaneView, cluster: Cluster | undefined): string {
  if (cluster === undefined || !labelsNetworks(controlPlane)) return ''
  if (cluster.network.provenance === 'STATED') return cluster.network.value ?? ''
  return cluster.resources.namespaces.get(controlPlane.systemNamespace)?.meta.labels[networkKey] ?? ''
}

/** Of an endpoint: what an entry writes of it counts, else its cluster's. */
export const networkOfEndpoint = (view: ControlPlaneView, { origin, network, cluster, workload }: Endpoint): string =>
  (origin === 'SERVICE_ENTRY' || origin === 'WORKLOAD_ENTRY') && network !== ''
    ? network
    : ambientNetwork(view, view.snapshot.clusters.get(workload?.cluster ?? cluster))
