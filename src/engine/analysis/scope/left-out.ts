import type { ReasonCode } from '../../model/reasons.js'
import type { ResourceRef } from '../../model/resource-ref.js'
import { readServiceName } from '../../snapshot/services/service-names.js'
import type { Cluster, ControlPlaneView } from '../../snapshot/snapshot.js'

export interface LeftOut {
  readonly reason: ReasonCode
  readonly message: string
  readonly because: readonly ResourceRef[]
}

/** A Service of a namespace that the discovery selectors leave out does not exist for the control plane (MODEL-7). Undefined: none of the names is of one. */
export function leftOut(
  view: ControlPlaneView,
  names: readonly string[],
  clusters: readonly Cluster[] = view.clusters,
): LeftOut | undefined {
  for (const cluster of clusters) {
    const asked = names.flatMap((name) => readServiceName(name, cluster.clusterDomain) ?? [])
    const found = asked.find(({ namespace }) => isLeftOut(view, cluster, namespace))
    if (found !== undefined) return unselected(view, found.namespace, cluster)
  }
  return undefined
}

/** Does anything stand in the namespace, and the control plane is told of none of it? */
export const isLeftOut = (view: ControlPlaneView, cluster: Cluster, namespace: string): boolean =>
  cluster.namespaceNames.includes(namespace) && !view.selects(cluster.name, namespace)

export function unselected({ controlPlane }: ControlPlaneView, namespace: string, cluster: Cluster | undefined): LeftOut {
  const object = cluster?.resources.namespaces.get(namespace)
  return {
    reason: 'NAMESPACE_LEFT_OUT',
    message: `control plane \`${controlPlane.name}\` leaves out namespace \`${namespace}\` by its discovery selectors`,
    because: [
      ...controlPlane.meshConfig.because,
      ...(cluster === undefined || object === undefined ? [] : [cluster.ref(object.meta, 'metadata.labels')]),
    ],
  }
}
