import { isToldOn } from '../../snapshot/flags.js'
import type { Cluster, ControlPlane, Snapshot } from '../../snapshot/snapshot.js'
import type { Breach, Rule } from '../rule.js'

const key = 'topology.istio.io/controlPlaneClusters'

/** A cluster of which the control plane is no part, and whose system namespace is given. */
const isRemote = ({ name, managedBy }: Cluster, plane: ControlPlane): boolean =>
  managedBy.includes(plane.name) && name !== plane.configCluster && name !== plane.cluster

function judge(cluster: Cluster, plane: ControlPlane): Breach | undefined {
  const namespace = cluster.resources.namespaces.get(plane.systemNamespace)
  const { configCluster } = plane
  if (namespace === undefined || configCluster === undefined || !isRemote(cluster, plane)) return undefined
  const written = namespace.meta.annotations[key]
  const listed = (written ?? '').split(',').map((name) => name.trim())
  if (listed.includes('*') || listed.includes(configCluster)) return undefined
  const has = written === undefined ? 'has no annotation' : `does not name \`${configCluster}\` in`
  const message = `this namespace ${has} \`${key}\`, so that external control plane \`${plane.name}\` neither writes \`istio-ca-root-cert\` in cluster \`${cluster.name}\` nor keeps its webhooks: new pods there do not start; write \`${key}: ${configCluster}\``
  return { on: cluster.ref(namespace.meta, 'metadata.annotations'), message }
}

function* judgeAll(snapshot: Snapshot): Iterable<Breach> {
  for (const plane of snapshot.controlPlanes.values()) {
    if (!isToldOn(plane, 'EXTERNAL_ISTIOD')) continue
    for (const cluster of snapshot.clusters.values()) {
      const breach = judge(cluster, plane)
      if (breach !== undefined) yield breach
    }
  }
}

export const clusterNotAnnotated: Rule = {
  code: 'CTL104',
  name: 'cluster-not-annotated',
  severity: 'WARNING',
  istio: [],
  kiali: [],
  summary: 'A remote cluster does not say that an external control plane manages it (MODEL-24).',
  check: judgeAll,
}
