import type { KubernetesGateway } from '../../resources/kubernetes/kubernetes-gateway.js'
import type { Cluster, ControlPlaneView } from '../snapshot.js'
import { assumedPod } from './assumed-pod.js'
import { wouldTakeAnchors } from './takes-anchors.js'
import type { Workload } from './workload.js'

/** The pod that the control plane deploys for a waypoint's Gateway; its account has the Gateway's name unless an annotation says otherwise (GWAPI-11). */
export function assumedWaypoint(cluster: Cluster, view: ControlPlaneView, { meta, infrastructureLabels }: KubernetesGateway): Workload {
  const copied = infrastructureLabels ?? meta.labels
  const labels = {
    ...copied,
    'gateway.networking.k8s.io/gateway-name': meta.name,
    'gateway.istio.io/managed': 'istio.io-mesh-controller',
  }
  return {
    ...assumedPod(cluster, { namespace: meta.namespace, name: meta.name, labels, ports: [] }),
    serviceAccount: meta.annotations['gateway.istio.io/service-account'] ?? meta.name,
    synthesised: true,
    dataPlane: 'WAYPOINT',
    takesHbone: true,
    takesAnchors: wouldTakeAnchors(view.controlPlane, view.configCluster, {
      namespace: meta.namespace,
      labels,
      annotations: meta.annotations,
    }),
    revision: view.controlPlane.revision,
    controlPlane: view.controlPlane.name,
    proxyNetwork: cluster.network.value ?? '',
    locality: { region: cluster.region, zone: cluster.zone, subzone: '' },
    ref: cluster.ref(meta),
  }
}
