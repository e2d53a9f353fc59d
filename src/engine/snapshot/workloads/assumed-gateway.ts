import type { ResourceRef } from '../../model/resource-ref.js'
import type { Labels } from '../../resources/meta.js'
import type { Cluster, ControlPlaneView } from '../snapshot.js'
import { assumedPod } from './assumed-pod.js'
import { wouldTakeAnchors } from './takes-anchors.js'
import type { Workload } from './workload.js'

/** What is known of a gateway's pods that the document leaves out. */
export interface UnlistedGateway {
  readonly namespace: string
  readonly name: string
  readonly labels: Labels
  /** Absent: called as the gateway. */
  readonly serviceAccount?: string
  readonly because: readonly ResourceRef[]
}

/** A pod of the gateway as the control plane would configure it. */
export function assumedGateway(cluster: Cluster, view: ControlPlaneView, unlisted: UnlistedGateway): Workload {
  const { namespace, name, labels, because, serviceAccount = name } = unlisted
  const network = cluster.network.value ?? ''
  const pod = assumedPod(cluster, { namespace, name, labels, ports: [] })
  return {
    ...pod,
    serviceAccount,
    synthesised: true,
    dataPlane: 'GATEWAY',
    revision: view.controlPlane.revision,
    controlPlane: view.controlPlane.name,
    proxyNetwork: network,
    networkLabel: network,
    takesAnchors: wouldTakeAnchors(view.controlPlane, view.configCluster, { namespace, labels }),
    locality: { region: cluster.region, zone: cluster.zone, subzone: '' },
    ref: because[0] ?? pod.ref,
  }
}
