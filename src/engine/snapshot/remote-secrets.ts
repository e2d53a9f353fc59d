import type { ResourceRef } from '../model/resource-ref.js'
import type { ClusterPart } from './cluster-part.js'
import type { ControlPlanePart } from './control-plane-part.js'
import type { Fact } from './fact.js'
import { derived, firstKnown, stated, unknown } from './known.js'
import { headerRef } from './references.js'

/** Cluster IDs in the remote secrets of a cluster's objects; undefined when it holds none, which says nothing. Rule MODEL-20. */
export const remoteClustersOf = (
  part: ClusterPart,
  systemNamespace?: string,
): { readonly clusters: readonly string[]; readonly because: readonly ResourceRef[] } | undefined => {
  const secrets = [...part.resources.secrets]
    .filter(([namespace]) => systemNamespace === undefined || namespace === systemNamespace)
    .flatMap(([, list]) => list.filter((secret) => secret.meta.labels['istio/multiCluster'] === 'true'))
  if (secrets.length === 0) return undefined
  const clusters = new Set(secrets.flatMap((secret) => secret.remoteClusters.map((remote) => remote.cluster)))
  clusters.delete(part.header.name)
  return { clusters: [...clusters].sort(), because: secrets.map((secret) => part.ref(secret.meta)) }
}

/**
 * API servers that a control plane may read, its own left out: stated for it, stated for its cluster, or by the objects.
 *
 * Rules MODEL-20, MODEL-22. No secret among the objects is unknown, not none: secrets are rarely part of a dump.
 */
export const remoteSecretsOf = (
  plane: ControlPlanePart,
  cluster: ClusterPart | undefined,
  configCluster: ClusterPart | undefined,
): Fact<readonly string[]> => {
  const own = configCluster?.header.name
  const without = (names: readonly string[]): readonly string[] => [...new Set(names)].filter((name) => name !== own).sort()
  const holder = configCluster ?? cluster
  const ofHeader = plane.header?.remoteSecrets
  const ofCluster = (cluster ?? configCluster)?.header.remoteSecrets
  const found = holder === undefined ? undefined : remoteClustersOf(holder, plane.systemNamespace)
  return firstKnown(
    ofHeader === undefined
      ? unknown<readonly string[]>()
      : stated(without(ofHeader), [{ ...plane.ref, path: `${plane.ref.path ?? ''}.remoteSecrets` }]),
    ofCluster === undefined
      ? unknown<readonly string[]>()
      : stated(without(ofCluster), [
          headerRef('Cluster', (cluster ?? configCluster)?.header.name ?? '', `${(cluster ?? configCluster)?.path ?? ''}.remoteSecrets`),
        ]),
    found === undefined ? unknown<readonly string[]>() : derived(without(found.clusters), found.because),
  )
}
