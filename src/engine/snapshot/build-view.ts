import { flatMap } from '../flat-map.js'
import { groupBy } from '../group-by.js'
import { pause, pausing } from '../pause.js'
import type { ServiceEntry } from '../resources/istio/service-entry.js'
import { isOn } from './flags.js'
import { excludesFromClusterLocal } from './releases.js'
import { clusterLocalOf } from './services/cluster-local.js'
import type { IstioConfiguration } from './control-planes/istio-objects.js'
import type { MeshService } from './services/mesh-service.js'
import { selectionOf } from './control-planes/selection-of.js'
import { configurationOf, emptyConfiguration } from './control-planes/configuration-of.js'
import { withDerived } from './control-planes/derived/derived.js'
import { derivedFrom } from './control-planes/derived/derived-from.js'
import { federatedEntriesOf } from './services/federated-entries.js'
import { networkGatewaysOf } from './networks/network-gateways.js'
import { networkOfEndpoints } from './networks/network-of.js'
import { headerRef } from './references.js'
import { buildServiceRegistry } from './services/service-registry.js'
import type { Cluster, ControlPlane, ControlPlaneView, Snapshot } from './snapshot.js'
import type { Workload } from './workloads/workload.js'

const none: readonly never[] = []

/** VIPs by cluster and address; a default address answers for the clusters that have none of their own (DNS-3). */
const addressIndexOf = (services: readonly MeshService[], clusters: readonly string[]): ReadonlyMap<string, readonly MeshService[]> => {
  const index = new Map<string, MeshService[]>()
  for (const service of pausing(services)) {
    for (const cluster of clusters) {
      for (const address of new Set(service.addresses.get(cluster) ?? service.defaultAddresses)) {
        pause()
        const key = `${cluster}|${address}`
        const list = index.get(key)
        if (list === undefined) index.set(key, [service])
        else list.push(service)
      }
    }
  }
  return index
}

const workloadsOf = (view: Pick<ControlPlaneView, 'clusters' | 'selects'>): ControlPlaneView['workloads'] => {
  const known = new Map<string, readonly Workload[]>()
  return (namespace) => {
    const list =
      known.get(namespace) ??
      flatMap(view.clusters, (cluster) => (view.selects(cluster.name, namespace) ? cluster.workloads(namespace) : none))
    known.set(namespace, list)
    return list
  }
}

const lookupsOf = (
  services: readonly MeshService[],
  byHost: ReadonlyMap<string, readonly MeshService[]>,
  clusters: readonly string[],
): Pick<ControlPlaneView, 'servicesByHost' | 'service' | 'servicesByAddress'> => {
  let byAddress: ReadonlyMap<string, readonly MeshService[]> | undefined
  return {
    servicesByHost: (hostname) => byHost.get(hostname) ?? none,
    service: (hostname, namespace) => byHost.get(hostname)?.find((service) => service.namespace === namespace),
    servicesByAddress: (cluster, address) => {
      byAddress ??= addressIndexOf(services, clusters)
      return byAddress.get(`${cluster}|${address}`) ?? none
    },
  }
}

interface Read {
  readonly configuration: IstioConfiguration
  readonly routeFates: ControlPlaneView['routeFates']
  readonly closedListeners: ControlPlaneView['closedListeners']
}

/** Objects that it reads from its config cluster, with those that it makes of others. */
export const readConfiguration = (controlPlane: ControlPlane, cluster: Cluster | undefined, selects: ControlPlaneView['selects']): Read => {
  if (cluster === undefined || !controlPlane.meshConfig.readsConfigCluster)
    return { configuration: emptyConfiguration, routeFates: none, closedListeners: none }
  const selectsHere = (namespace: string): boolean => selects(cluster.name, namespace)
  const { fates, closedListeners, ...derived } = derivedFrom(cluster, controlPlane, selectsHere)
  return {
    configuration: withDerived(configurationOf(cluster.resources, controlPlane, selectsHere), derived),
    routeFates: fates,
    closedListeners,
  }
}

const withFederatedEntries = (configuration: IstioConfiguration, entries: readonly ServiceEntry[]): IstioConfiguration => {
  if (entries.length === 0) return configuration
  const serviceEntries = new Map(configuration.serviceEntries)
  for (const [namespace, own] of groupBy(entries, ({ meta }) => meta.namespace))
    serviceEntries.set(namespace, [...(serviceEntries.get(namespace) ?? []), ...own])
  return { ...configuration, serviceEntries }
}

/** References to objects of the config cluster; what a federation amounts to stands in the document's header. */
const refOf =
  (configCluster: Cluster | undefined): ControlPlaneView['ref'] =>
  (meta, path) => {
    if (meta.index >= 0 && configCluster !== undefined) {
      // Paths inside of what was made of an object are none of its own.
      return meta.origin === undefined
        ? configCluster.ref(meta, path)
        : configCluster.ref({ ...meta.origin, index: meta.index }, meta.origin.path)
    }
    const federation = meta.kind === 'Federation' ? `federations[${-1 - meta.index}]` : ''
    return headerRef(meta.kind, meta.name, federation === '' ? (path ?? '') : federation)
  }

/** What one istiod knows: its configuration, its merged registry, and the ways into each network. Rules MODEL-16, EDS-1. */
export const buildView = (snapshot: Snapshot, controlPlane: ControlPlane): ControlPlaneView => {
  const clusters = visibleClustersOf(snapshot, controlPlane)
  const configCluster = snapshot.clusters.get(controlPlane.configCluster ?? '')
  const selects = selectionOf(controlPlane, clusters)
  const suffix = configCluster?.clusterDomain ?? 'cluster.local'
  const { configuration: own, routeFates, closedListeners } = readConfiguration(controlPlane, configCluster, selects)
  const configuration = withFederatedEntries(own, federatedEntriesOf(snapshot, controlPlane.mesh))
  const ref = refOf(configCluster)
  const context = { controlPlane, clusters, suffix, selects }
  const allocates = isOn(controlPlane, 'PILOT_ENABLE_IP_AUTOALLOCATE')
  const isClusterLocal = clusterLocalOf(controlPlane.meshConfig, suffix, excludesFromClusterLocal(controlPlane))
  const { services, byHost } = buildServiceRegistry({ ...context, isClusterLocal, allocates, ref }, configuration)
  const names = [...snapshot.clusters.keys()]
  return {
    snapshot,
    controlPlane,
    configCluster,
    clusters,
    clustersKnown: controlPlane.remoteSecrets.value !== undefined,
    configuration,
    routeFates,
    closedListeners,
    services,
    ...lookupsOf(services, byHost, names),
    gateways: networkGatewaysOf({ ...context, statedGateways: snapshot.statedGateways }),
    networkOf: networkOfEndpoints(controlPlane, snapshot.clusters),
    selects,
    ref,
    workloads: workloadsOf({ clusters, selects }),
  }
}

/**
 * Clusters whose registries a control plane reads: its config cluster, then those of its remote secrets in name order.
 *
 * Rules EDS-1, MODEL-20, MODEL-22. With unknown secrets these are at least the clusters whose proxies it manages.
 */
export const visibleClustersOf = (snapshot: Snapshot, controlPlane: ControlPlane): readonly Cluster[] => {
  const secrets = controlPlane.remoteSecrets.value
  const managed = [...snapshot.clusters.values()].filter((cluster) => cluster.managedBy.includes(controlPlane.name))
  const remote = secrets ?? managed.map((cluster) => cluster.name).sort()
  const names = new Set([...(controlPlane.configCluster === undefined ? [] : [controlPlane.configCluster]), ...remote])
  return flatMap([...names], (name) => snapshot.clusters.get(name) ?? [])
}
