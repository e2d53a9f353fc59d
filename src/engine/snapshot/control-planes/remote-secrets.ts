import { pause } from '../../pause.js'
import type { ResourceRef } from '../../model/resource-ref.js'
import type { ClusterPart } from '../clusters/cluster-part.js'
import type { ControlPlanePart } from './control-plane-part.js'
import { isToldOn } from '../flags.js'
import { flagsOf } from './plane-configuration.js'
import type { Fact } from '../fact.js'
import { derived, firstKnown, stated, unknown } from '../known.js'
import { fieldOf, headerRef } from '../references.js'

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

const statedFor = (plane: ControlPlanePart): Fact<readonly string[]> => {
  const names = plane.header?.remoteSecrets
  return names === undefined ? unknown() : stated(names, [fieldOf(plane.ref, 'remoteSecrets')])
}

const statedIn = (part: ClusterPart | undefined): Fact<readonly string[]> => {
  const names = part?.header.remoteSecrets
  if (part === undefined || names === undefined) return unknown()
  return stated(names, [headerRef('Cluster', part.header.name, `${part.path}.remoteSecrets`)])
}

const foundIn = (part: ClusterPart | undefined, systemNamespace: string): Fact<readonly string[]> => {
  const found = part === undefined ? undefined : remoteClustersOf(part, systemNamespace)
  return found === undefined ? unknown() : derived(found.clusters, found.because)
}

/**
 * API servers that a control plane may read, its own left out: stated for it, stated for its cluster, or by the objects.
 *
 * Rules MODEL-20, MODEL-22: an external istiod can be told to watch the cluster it runs in instead of its config cluster. No secret among the objects is unknown, not none: secrets are rarely part of a dump.
 */
export const remoteSecretsOf = (
  plane: ControlPlanePart,
  cluster: ClusterPart | undefined,
  configCluster: ClusterPart | undefined,
): Fact<readonly string[]> => {
  pause()
  const told = { flags: flagsOf(plane) }
  const local = isToldOn(told, 'EXTERNAL_ISTIOD') && isToldOn(told, 'LOCAL_CLUSTER_SECRET_WATCHER')
  const watched = local ? cluster : (configCluster ?? cluster)
  const fact = firstKnown(statedFor(plane), statedIn(cluster ?? configCluster), foundIn(watched, plane.systemNamespace))
  if (fact.value === undefined) return fact
  const own = configCluster?.header.name
  return { ...fact, value: [...new Set(fact.value)].filter((name) => name !== own).sort() }
}
