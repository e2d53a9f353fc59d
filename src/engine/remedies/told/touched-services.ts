/**
 * Calls to which services may end differently after a change?
 *
 * A policy of servers has its say at the workloads that it selects, and nowhere else; a DestinationRule where calls are sent to its host. Whatever else differs may
 * reach anywhere. Rules AUTHZ-1, AUTHZ-4, TLS-1, TLS-2, ROUTE-20, VIS-21.
 */
import { behindService } from '../../groups/behind-service.js'
import { servicesLeadingTo, servicesRoutedTo } from '../../groups/services-leading-to.js'
import { inventoryServices } from '../../inventory/inventory-services.js'
import type { InventoryService } from '../../inventory/inventory.js'
import { domainSuffix, qualify } from '../../istiod/matching/hosts.js'
import { pause } from '../../pause.js'
import type { ClusterResources } from '../../resources/cluster-resources.js'
import type { DestinationRule } from '../../resources/istio/destination-rule.js'
import type { Labels, Meta } from '../../resources/meta.js'
import { differingObjects } from '../../simulate/differing-objects.js'
import { isWildcard } from '../../snapshot/covers.js'
import { labelsInclude } from '../../snapshot/label-selector.js'
import type { Cluster, Snapshot } from '../../snapshot/snapshot.js'
import { isPassed, type Workload } from '../../snapshot/workloads/workload.js'

/** A policy of which counts whom it is for. */
interface ServersPolicy {
  readonly meta: Meta
  readonly selector?: Labels
  readonly targetRefs?: readonly unknown[]
}

const ofServers: ReadonlySet<string> = new Set<keyof ClusterResources>([
  'authorizationPolicies',
  'peerAuthentications',
  'requestAuthentications',
])

/** In the order of the inventory; undefined: any. Whoever is led through a gateway may come to anybody, and nobody knows what stands behind those of other meshes. */
export function touchedServices(before: Snapshot, after: Snapshot): readonly InventoryService[] | undefined {
  if (before.header !== after.header || after.federations.length > 0) return undefined
  const found = new Set<InventoryService>(servicesLeadingTo(after, passedIn(after)))
  for (const [name, cluster] of after.clusters) {
    const then = before.clusters.get(name)
    if (then === undefined) return undefined
    for (const { kind, objects } of differingObjects(then.resources, cluster.resources)) {
      const touched = objects && touchedBy(after, cluster, kind, objects)
      if (touched === undefined) return undefined
      for (const service of touched) found.add(service)
    }
  }
  return inventoryServices(after).filter((service) => found.has(service))
}

const passedIn = ({ clusters }: Snapshot): readonly Workload[] =>
  [...clusters.values()].flatMap((cluster) =>
    cluster.namespaceNames.flatMap((namespace) => {
      pause()
      return cluster.workloads(namespace).filter(isPassed)
    }),
  )

function touchedBy(
  snapshot: Snapshot,
  cluster: Cluster,
  kind: keyof ClusterResources,
  objects: readonly ServersPolicy[],
): readonly InventoryService[] | undefined {
  if (kind === 'destinationRules') return touchedByRules(snapshot, cluster, objects as readonly DestinationRule[])
  if (!ofServers.has(kind)) return undefined
  const servers = objects.map((policy) => serversOf(snapshot, policy))
  return servers.some((some) => some === undefined)
    ? undefined
    : servicesLeadingTo(
        snapshot,
        servers.flatMap((some) => some ?? []),
      )
}

/** Whom it may be for, in any cluster; undefined: everybody, or somebody through whom others are called. */
function serversOf(snapshot: Snapshot, { meta, selector = {}, targetRefs = [] }: ServersPolicy): readonly Workload[] | undefined {
  const isForMesh = [...snapshot.controlPlanes.values()].some(({ meshConfig }) => meshConfig.rootNamespace === meta.namespace)
  if (isForMesh || targetRefs.length > 0) return undefined
  const servers = [...snapshot.clusters.values()].flatMap((cluster) =>
    cluster.workloads(meta.namespace).filter(({ labels }) => {
      pause()
      return labelsInclude(labels, selector)
    }),
  )
  return servers.some(isPassed) ? undefined : servers
}

/** Of the host, of others with its servers, and of those from which routes lead there; a wildcard is for any. */
function touchedByRules(snapshot: Snapshot, cluster: Cluster, rules: readonly DestinationRule[]): readonly InventoryService[] | undefined {
  const hosts = new Set<string>()
  for (const { host, meta } of rules) {
    for (const { name, configCluster } of snapshot.controlPlanes.values()) {
      if (configCluster === cluster.name) hosts.add(qualify(host, meta.namespace, domainSuffix(snapshot.view(name))))
    }
  }
  if ([...hosts].some(isWildcard)) return undefined
  const own = inventoryServices(snapshot).filter(({ host }) => hosts.has(host))
  const beside = servicesLeadingTo(
    snapshot,
    own.flatMap((service) => behindService(snapshot, service)),
  )
  return [...own, ...beside, ...servicesRoutedTo(snapshot, hosts)]
}
