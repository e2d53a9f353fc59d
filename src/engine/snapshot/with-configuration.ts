/**
 * A version in which only objects differ that no workload, service or control plane is made of: all the rest is the version's own, with what is remembered of it.
 *
 * What calls are routed and judged by is read when they are traced, so that none of it stands in anything but the lists of objects.
 */
import type { ClusterResources } from '../resources/cluster-resources.js'
import { readConfiguration } from './build-view.js'
import { speaksOfIstio } from './clusters/cluster-roles.js'
import type { IstioConfiguration } from './control-planes/istio-objects.js'
import type { Cluster, ControlPlaneView, Snapshot } from './snapshot.js'

/** Kinds that nothing is built of; `test/engine/snapshot/with-configuration.test.ts` finds whoever reads them there. */
export const onlyRead = [
  'virtualServices',
  'destinationRules',
  'sidecars',
  'peerAuthentications',
  'authorizationPolicies',
  'requestAuthentications',
  'networkPolicies',
] as const satisfies readonly (keyof ClusterResources)[]

/** How many of each kind there are decides whether the cluster speaks of Istio, and nothing else. */
const mayDiffer: ReadonlySet<string> = new Set<keyof ClusterResources>([...onlyRead, 'digest', 'counts'])

const differsInThese = (before: ClusterResources, after: ClusterResources): boolean =>
  (Object.keys(after) as (keyof ClusterResources)[]).every((kind) => after[kind] === before[kind] || mayDiffer.has(kind)) &&
  speaksOfIstio(before) === speaksOfIstio(after)

/** The version with these objects in some of its clusters; undefined: more differs than this. */
export function withConfiguration(snapshot: Snapshot, resources: ReadonlyMap<string, ClusterResources>): Snapshot | undefined {
  const changed = [...resources].filter(([name, own]) => own !== snapshot.clusters.get(name)?.resources)
  const isOnlyRead = changed.every(([name, own]) => {
    const before = snapshot.clusters.get(name)
    return before !== undefined && differsInThese(before.resources, own)
  })
  if (!isOnlyRead) return undefined
  const clusters = new Map(snapshot.clusters)
  for (const [name, own] of changed) {
    const cluster = clusters.get(name)
    if (cluster !== undefined) clusters.set(name, { ...cluster, resources: own })
  }
  const views = new Map<string, ControlPlaneView>()
  const after: Snapshot = {
    ...snapshot,
    contentHash: '',
    basis: snapshot.basis ?? snapshot,
    clusters,
    view: (name) => {
      const view = views.get(name) ?? viewIn(after, snapshot.view(name))
      views.set(name, view)
      return view
    },
  }
  return after
}

/** What the control plane knows of it; its registry is the same. */
function viewIn(snapshot: Snapshot, before: ControlPlaneView): ControlPlaneView {
  const now = (cluster: Cluster): Cluster => snapshot.clusters.get(cluster.name) ?? cluster
  const configCluster = before.configCluster && now(before.configCluster)
  const configuration = configCluster === before.configCluster ? before.configuration : reread(before, configCluster)
  return { ...before, snapshot, configCluster, clusters: before.clusters.map(now), configuration }
}

function reread({ controlPlane, selects, configuration }: ControlPlaneView, cluster: Cluster | undefined): IstioConfiguration {
  const read = readConfiguration(controlPlane, cluster, selects).configuration
  const { virtualServices, destinationRules, sidecars, peerAuthentications, authorizationPolicies, requestAuthentications } = read
  return {
    ...configuration,
    virtualServices,
    destinationRules,
    sidecars,
    peerAuthentications,
    authorizationPolicies,
    requestAuthentications,
  }
}
