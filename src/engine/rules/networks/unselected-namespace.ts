import { pausing } from '../../pause.js'
import { isAssumedSelected } from '../../snapshot/control-planes/selection-of.js'
import type { Cluster, ControlPlaneView, Snapshot } from '../../snapshot/snapshot.js'
import type { Breach, Rule } from '../rule.js'

/** What a control plane misses by not seeing the namespace; undefined: nothing that it should see. */
function missedIn({ controlPlane }: ControlPlaneView, cluster: Cluster, namespace: string): string | undefined {
  if (namespace === controlPlane.systemNamespace)
    return 'gateways there are unknown, those of networks too, and new proxies there do not start'
  const served = cluster
    .workloads(namespace)
    .some(({ controlPlane: own, dataPlane }) => own === controlPlane.name && (dataPlane === 'SIDECAR' || dataPlane === 'PROXYLESS'))
  return served
    ? 'its Services are unknown to the mesh, its policies do nothing, and pods that are injected there do not start, since nobody writes `istio-ca-root-cert`'
    : undefined
}

function* judge(view: ControlPlaneView, cluster: Cluster): Iterable<Breach> {
  for (const { meta } of pausing(cluster.resources.namespaces.values())) {
    if (view.selects(cluster.name, meta.name) || isAssumedSelected(view.controlPlane, cluster, meta.name)) continue
    const missed = missedIn(view, cluster, meta.name)
    if (missed === undefined) continue
    const message = `\`discoverySelectors\` of control plane \`${view.controlPlane.name}\` do not select this namespace: ${missed}; give it a label that they select`
    yield { on: cluster.ref(meta, 'metadata.labels'), message }
  }
}

function* judgeAll(snapshot: Snapshot): Iterable<Breach> {
  for (const name of snapshot.controlPlanes.keys()) {
    const view = snapshot.view(name)
    if (view.controlPlane.meshConfig.discoverySelectors.length === 0) continue
    for (const cluster of view.clusters) if (cluster.managedBy.includes(name)) yield* judge(view, cluster)
  }
}

export const unselectedNamespace: Rule = {
  code: 'CTL103',
  name: 'unselected-namespace',
  severity: 'WARNING',
  istio: [],
  kiali: [],
  summary: 'A control plane does not see a namespace whose proxies it configures, or its own (MODEL-6, MODEL-7).',
  check: judgeAll,
}
