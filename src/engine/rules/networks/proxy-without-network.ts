import { pausing } from '../../pause.js'
import { gatewaysFor } from '../../analysis/network/gateways-for.js'
import { choosesGatewaysByProxy } from '../../snapshot/releases.js'
import type { Cluster, ControlPlaneView, Snapshot } from '../../snapshot/snapshot.js'
import type { Workload } from '../../snapshot/workloads/workload.js'
import type { Breach, Rule } from '../rule.js'

/** A sidecar that has no network, though its own pod counts as an endpoint of one that has a gateway. */
function findProxy(view: ControlPlaneView, cluster: Cluster): { readonly proxy: Workload; readonly network: string } | undefined {
  for (const namespace of cluster.namespaceNames) {
    for (const proxy of pausing(cluster.workloads(namespace))) {
      if (proxy.dataPlane !== 'SIDECAR' || proxy.controlPlane !== view.controlPlane.name || proxy.proxyNetwork !== '') continue
      const network = view.networkOf(cluster.name, proxy.ips[0], proxy.networkLabel)
      if (network !== '' && gatewaysFor(view, network, cluster.name).length > 0) return { proxy, network }
    }
  }
  return undefined
}

function* judge(snapshot: Snapshot): Iterable<Breach> {
  for (const name of snapshot.controlPlanes.keys()) {
    const view = snapshot.view(name)
    // Before 1.30 a proxy without a network takes every address for its own network's.
    if (view.gateways.size === 0 || !choosesGatewaysByProxy(view.controlPlane)) continue
    for (const cluster of view.clusters) {
      const found = cluster.managedBy.includes(name) ? findProxy(view, cluster) : undefined
      if (found === undefined) continue
      const { proxy, network } = found
      const message = `proxies of cluster \`${cluster.name}\`, such as \`${proxy.namespace}/${proxy.owner.name}\`, have no network, and its pods are endpoints of network \`${network}\`: calls inside of the cluster go through its gateway; install it with \`global.network: ${network}\`, and restart the pods`
      yield { on: proxy.ref, message }
    }
  }
}

export const proxyWithoutNetwork: Rule = {
  code: 'NET107',
  name: 'proxy-without-network',
  severity: 'WARNING',
  istio: [],
  kiali: [],
  summary:
    'Endpoints of a cluster have a network and its proxies have none, so that they take their neighbours for strangers (NET-3, NET-11).',
  check: judge,
}
