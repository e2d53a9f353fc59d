import type { NearMiss } from '../../model/step.js'
import type { ByNamespace } from '../../resources/cluster-resources.js'
import type { Meta } from '../../resources/meta.js'
import type { Cluster, ControlPlaneView } from '../../snapshot/snapshot.js'
import { nearMiss } from './near-miss.js'

interface Named {
  readonly meta: Meta
}

/** Objects that a cluster has which the control plane does not read its configuration from, and that its own cluster has none of by that name (MODEL-16). */
export const onlyElsewhere = <T extends Named>(
  { controlPlane, configCluster, snapshot }: ControlPlaneView,
  listsOf: (cluster: Cluster) => ByNamespace<T>,
  meantIn: (cluster: Cluster) => readonly T[],
): readonly NearMiss[] =>
  [...snapshot.clusters.values()]
    .filter((cluster) => cluster !== configCluster)
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((cluster) =>
      meantIn(cluster)
        .filter(({ meta }) => configCluster === undefined || !has(listsOf(configCluster), meta))
        .map(({ meta }) =>
          nearMiss(
            cluster.ref(meta),
            `exists only in cluster \`${cluster.name}\`, whose objects control plane \`${controlPlane.name}\` does not read`,
          ),
        ),
    )

const has = (lists: ByNamespace<Named>, { namespace, name }: Meta): boolean =>
  (lists.get(namespace) ?? []).some(({ meta }) => meta.name === name)
