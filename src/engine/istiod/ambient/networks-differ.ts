import { remembered } from '../../remembered.js'
import type { PodSpec } from '../../resources/kubernetes/pod.js'
import type { Labels } from '../../resources/meta.js'
import type { Cluster, ControlPlaneView } from '../../snapshot/snapshot.js'
import { ambientNetwork } from './ambient-network.js'

const isZtunnel = (labels: Labels): boolean => labels['app'] === 'ztunnel' || labels['app.kubernetes.io/name'] === 'ztunnel'

/** Network that the cluster's ztunnels are told by their environment; undefined: none is given, which is worth remembering too. */
const statedNetwork = remembered(({ resources }: Cluster): { readonly own: string | undefined } => {
  const pods: readonly (PodSpec & { readonly labels: Labels })[] = [
    ...[...resources.podControllers.values()].flat().map(({ template }) => template),
    ...[...resources.pods.values()].flat().map((pod) => ({ ...pod, labels: pod.meta.labels })),
  ]
  const ztunnel = pods.find(({ labels, containerNames }) => isZtunnel(labels) && containerNames.includes('istio-proxy'))
  return { own: ztunnel && (ztunnel.proxyEnv['NETWORK'] ?? '') }
})

/**
 * Does ztunnel take itself to be on another network than its control plane takes its pods to be on? Then it does not recognise services by their address: it
 * passes their waypoints by, and reaches no other network. Rule AMB-5.
 */
export function networksDiffer(
  view: ControlPlaneView,
  cluster: Cluster | undefined,
): { readonly own: string; readonly told: string } | undefined {
  const own = cluster && statedNetwork(cluster).own
  const told = ambientNetwork(view, cluster)
  return own === undefined || own === told ? undefined : { own, told }
}
