/**
 * Which Services do proxies know that their own cluster's DNS does not?
 *
 * A control plane tells its proxies of the Services of all clusters it reads, but applications resolve names by the DNS of their cluster, which knows
 * only its own Services, unless the proxy answers (DNS-2, DNS-6).
 */
import { pausing } from '../../pause.js'
import { isFor } from '../../snapshot/services/audience.js'
import { isClustersetHost } from '../../snapshot/services/clusterset-names.js'
import type { MeshService } from '../../snapshot/services/mesh-service.js'
import type { Cluster, ControlPlaneView } from '../../snapshot/snapshot.js'
import type { Workload } from '../../snapshot/workloads/workload.js'
import { remembered } from '../../remembered.js'
import { configurationsOf } from '../configurations.js'
import type { Breach, Rule } from '../rule.js'
import { isUnread } from '../unlisted-services.js'

/** A proxy of the service's own namespace in the cluster that does not answer names. */
const unanswered = remembered((cluster: Cluster, namespace: string): { readonly workload: Workload | undefined } => ({
  workload: cluster.workloads(namespace).find(({ dataPlane, dnsCapture }) => dataPlane === 'SIDECAR' && !dnsCapture),
}))

function missesIn(
  view: ControlPlaneView,
  { hostname, namespace, definitions, exportTo, clusterLocal }: MeshService,
): { readonly cluster: Cluster; readonly workload: Workload } | undefined {
  if (clusterLocal || isClustersetHost(hostname) || !isFor(exportTo, namespace)) return undefined
  for (const cluster of view.clusters) {
    if (definitions.some((one) => one.cluster === cluster.name) || isUnread([cluster], 'services', namespace)) continue
    const { workload } = unanswered(cluster, namespace)
    if (workload !== undefined && workload.controlPlane === view.controlPlane.name) return { cluster, workload }
  }
  return undefined
}

export const noNameInCluster: Rule = {
  code: 'DIF105',
  name: 'no-name-in-cluster',
  severity: 'INFO',
  istio: [],
  kiali: [],
  summary: 'A Service stands in one cluster, and proxies of its namespace in another one do not answer its name (DNS-2).',
  *check(snapshot): Iterable<Breach> {
    const told = new Set<string>()
    for (const { views } of configurationsOf(snapshot)) {
      for (const view of views) {
        for (const service of pausing(view.services)) {
          const [definition] = service.definitions
          const home = snapshot.clusters.get(definition?.cluster ?? '')
          const missing = definition === undefined || home === undefined || told.has(service.hostname) ? undefined : missesIn(view, service)
          if (definition === undefined || home === undefined || missing === undefined) continue
          told.add(service.hostname)
          const message = `cluster \`${missing.cluster.name}\` has no Service of this name, which its DNS therefore does not know: \`${missing.workload.owner.name}\` there, of the same namespace, gets no address for it, though its proxy has the endpoints; apply the Service there too, or turn DNS capture on`
          yield { on: home.ref(definition.service.meta), message }
        }
      }
    }
  },
}
