import type { ResourceRef } from '../model/resource-ref.js'
import type { AuthorizationPolicy } from '../resources/authorization-policy.js'
import type { ByNamespace } from '../resources/cluster-resources.js'
import type { ProxyConfig, ScopedPolicy } from '../resources/cluster-objects.js'
import type { DestinationRule } from '../resources/destination-rule.js'
import type { Gateway } from '../resources/gateway.js'
import type { Meta } from '../resources/meta.js'
import type { PeerAuthentication } from '../resources/peer-authentication.js'
import type { ServiceEntry } from '../resources/service-entry.js'
import type { Protocol, Service } from '../resources/service.js'
import type { Sidecar } from '../resources/sidecar.js'
import type { VirtualService } from '../resources/virtual-service.js'
import type { Cluster, ControlPlane, Snapshot } from './snapshot.js'
import type { Workload } from './workload.js'

export interface MeshPort {
  readonly number: number
  readonly name: string
  readonly protocol: Protocol
}

/**
 * A service as this control plane's registry holds it after merging (VIS-7, VIS-8): identity is hostname and namespace.
 *
 * EDS: endpoints are chosen by the control plane; DNS: the proxy resolves endpoint hostnames; PASSTHROUGH: headless or
 * resolution NONE, the original address is kept; ALIAS: ExternalName.
 */
export interface MeshService {
  readonly hostname: string
  readonly namespace: string
  readonly registry: 'KUBERNETES' | 'SERVICE_ENTRY'
  readonly ports: readonly MeshPort[]
  readonly resolution: 'EDS' | 'DNS' | 'DNS_ROUND_ROBIN' | 'DYNAMIC_DNS' | 'PASSTHROUGH' | 'ALIAS'
  readonly meshExternal: boolean
  readonly headless: boolean
  readonly externalName: string | undefined
  /** {'*'}, {'~'}, or the names of the consumer namespaces (VIS-2). */
  readonly exportTo: ReadonlySet<string>
  /** VIPs by cluster, and the one used where a cluster has none (DNS-3, DNS-9). */
  readonly addresses: ReadonlyMap<string, readonly string[]>
  readonly defaultAddresses: readonly string[]
  /** ServiceEntry without addresses for which the control plane allocates one (DNS-15). */
  readonly autoAllocated: boolean
  /** VIS-32 … VIS-35, by this control plane's MeshConfig. */
  readonly clusterLocal: boolean
  readonly createdAt: number
  /** Every visible cluster's Service object, the winner's first (VIS-8); empty for a ServiceEntry. */
  readonly definitions: readonly { readonly cluster: string; readonly service: Service }[]
  /** All ServiceEntries that make or decorate it (VIS-10, EDS-22), the oldest first. */
  readonly entries: readonly ServiceEntry[]
  readonly subjectAltNames: readonly string[]
  readonly ref: ResourceRef
}

/** An address through which a network is entered (NET-6). `cluster` '' where no cluster is attached. */
export interface NetworkGateway {
  readonly network: string
  readonly cluster: string
  readonly address: string
  /** Port advertised for mutual TLS; 0: none (NET-6c). */
  readonly port: number
  readonly because: readonly ResourceRef[]
  /** The Service behind it, where one is known: leads to the gateway's pods and its control plane. */
  readonly service: { readonly cluster: string; readonly namespace: string; readonly name: string } | undefined
  /** Assumed to have this address: a LoadBalancer without status in a cluster that is not observed. */
  readonly assumed: boolean
}

/** Istio objects of the config cluster that this control plane reads: filtered by revision and discovery selectors (MODEL-6, MODEL-16, MODEL-18). */
export interface IstioConfiguration {
  readonly virtualServices: ByNamespace<VirtualService>
  readonly destinationRules: ByNamespace<DestinationRule>
  readonly sidecars: ByNamespace<Sidecar>
  readonly gateways: ByNamespace<Gateway>
  readonly serviceEntries: ByNamespace<ServiceEntry>
  readonly peerAuthentications: ByNamespace<PeerAuthentication>
  readonly authorizationPolicies: ByNamespace<AuthorizationPolicy>
  readonly requestAuthentications: ByNamespace<ScopedPolicy>
  readonly envoyFilters: ByNamespace<ScopedPolicy>
  readonly proxyConfigs: ByNamespace<ProxyConfig>
}

/** What one istiod knows (MODEL-16, MODEL-17, EDS-1): its configuration, and the registry of the clusters it reads. */
export interface ControlPlaneView {
  readonly snapshot: Snapshot
  readonly controlPlane: ControlPlane
  readonly configCluster: Cluster | undefined
  /** Config cluster first, then those of remote secrets in name order. */
  readonly clusters: readonly Cluster[]
  /** False when its remote secrets are unknown: other clusters may be visible as well. */
  readonly clustersKnown: boolean
  readonly configuration: IstioConfiguration
  /** Every record in a stable order; several may share a hostname in different namespaces (VIS-11). */
  readonly services: readonly MeshService[]
  servicesByHost(hostname: string): readonly MeshService[]
  service(hostname: string, namespace: string): MeshService | undefined
  /** Services whose VIP in the cluster (or default address) this is. */
  servicesByAddress(cluster: string, address: string): readonly MeshService[]
  /** Known gateways by network (NET-6, NET-7); `gateways.size === 0`: multi-network is off (NET-9). */
  readonly gateways: ReadonlyMap<string, readonly NetworkGateway[]>
  /** Network of a pod or slice endpoint in this control plane's eyes (NET-1, NET-2); '' when none. */
  networkOf(cluster: string, address: string | undefined, networkLabel: string): string
  /** Namespace seen by this control plane in that cluster (discovery selectors, MODEL-6)? */
  selects(cluster: string, namespace: string): boolean
  /** Is the version at least `major.minor`? */
  atLeast(major: number, minor: number): boolean
  /** Reference to an Istio object of the config cluster. */
  ref(meta: Meta, path?: string): ResourceRef
  /** Instances of any visible cluster in the namespace. */
  workloads(namespace: string): readonly Workload[]
}
