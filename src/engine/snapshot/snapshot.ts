import type { ResourceRef } from '../model/resource-ref.js'
import type { Assumption } from '../model/step.js'
import type { AssertionHeader } from '../model/topology/assertion-header.js'
import type { ClusterRole } from '../model/topology/cluster-header.js'
import type { FederationHeader } from '../model/topology/federation-header.js'
import type { GatewayHeader } from '../model/topology/gateway-header.js'
import type { SuppressionHeader } from '../model/topology/suppression-header.js'
import type { TenantHeader } from '../model/topology/tenant-header.js'
import type { TopologyHeader } from '../model/topology-document.js'
import type { ClusterResources } from '../resources/cluster-resources.js'
import type { Meta } from '../resources/meta.js'
import type { Fact } from './fact.js'
import type { ClosedListener, RouteFate } from './control-planes/derived/gateway-api/route-fate.js'
import type { IstioConfiguration } from './control-planes/istio-objects.js'
import type { MeshConfig, MeshNetworks } from './control-planes/mesh-config.js'
import type { MeshService } from './services/mesh-service.js'
import type { UnreadKind } from './clusters/unread-kind.js'
import type { NetworkGateway } from './networks/network-gateway.js'
import type { Workload } from './workloads/workload.js'

/** A CA certificate, by the fingerprint of its DER (TRUST-6). */
export interface Certificate {
  readonly pem: string
  readonly fingerprint: string
}

/** Istio's version; a patch that is not stated is infinite, the newest of the minor release. `assumed`: nobody states it, so the newest known. */
export interface Version {
  readonly text: string
  readonly parsed: readonly [major: number, minor: number, patch: number]
  readonly assumed: boolean
}

export interface Mesh {
  readonly name: string
  readonly trustDomain: Fact<string>
  /** The document states that all its control planes chain to one root; absent: it does not, or states that they do not. */
  readonly commonRoot?: ResourceRef
  readonly clusters: readonly string[]
  readonly controlPlanes: readonly string[]
}

export interface Network {
  readonly name: string
  readonly routableTo: readonly string[]
  readonly clusters: readonly string[]
}

/** A cluster with what is known of it, stated before derived. */
export interface Cluster {
  readonly name: string
  readonly mesh: Fact<string>
  /** Network of its pods by the header, or the system namespace's label; undefined: unknown (NETWORK_ASSUMED_FLAT). */
  readonly network: Fact<string>
  readonly region: string
  readonly zone: string
  readonly clusterDomain: string
  readonly podCidrs: readonly string[]
  readonly serviceCidrs: readonly string[]
  /** Domains that the cluster's DNS forwards to a resolver that knows ServiceEntry addresses (DNS-30). */
  readonly stubDomains: Fact<readonly string[]>
  readonly dnsCapture: Fact<boolean>
  /** Whether ztunnel answers DNS for its pods, where the cluster's node agent or the header says (AMB-20). */
  readonly nodeCapture: boolean | undefined
  readonly observed: boolean
  readonly role: Fact<ClusterRole>
  /** Names of control planes that may serve its proxies, the default first. */
  readonly managedBy: readonly string[]
  readonly rootCertificates: Fact<readonly Certificate[]>
  readonly signingCertificates: Fact<readonly Certificate[]>
  readonly resources: ClusterResources
  /** Kinds of which nobody knows what the cluster holds; of all others, what is not among the resources is not there. */
  readonly unread: readonly UnreadKind[]
  /** Every instance in the namespace: pods, else templates' stand-ins, and WorkloadEntries. Built on first use. */
  workloads(namespace: string): readonly Workload[]
  workloadByIp(ip: string): Workload | undefined
  /** Namespaces in which anything stands. */
  readonly namespaceNames: readonly string[]
  /** Reference to an object of this cluster, with a mark for its file and line. */
  ref(
    meta: { readonly kind: string; readonly namespace: string; readonly name: string; readonly index: number },
    path?: string,
  ): ResourceRef
}

/** One istiod installation (and revision), as far as it is known. */
export interface ControlPlane {
  readonly name: string
  /** Where istiod runs; undefined: outside every listed cluster. */
  readonly cluster: string | undefined
  /** Whose API server holds its Istio objects. */
  readonly configCluster: string | undefined
  readonly revision: string
  readonly tags: readonly string[]
  readonly version: Version
  readonly systemNamespace: string
  readonly meshConfig: MeshConfig
  readonly meshNetworks: MeshNetworks
  readonly flags: Readonly<Record<string, string>>
  /** Cluster IDs whose API servers it may read, its own left out; undefined value: unknown. */
  readonly remoteSecrets: Fact<readonly string[]>
  /** What the proxies it configures trust as roots; undefined value: unknown. */
  readonly rootCertificates: Fact<readonly Certificate[]>
  readonly signingCertificates: Fact<readonly Certificate[]>
  readonly mesh: string | undefined
  readonly region: string
  readonly zone: string
  readonly address: string | undefined
  readonly network: string | undefined
  readonly external: boolean
  readonly ref: ResourceRef
}

/** Something the objects and the header disagree on, or a reference that leads nowhere: reported by validate. */
export interface Inconsistency {
  readonly code: 'FACT_CONTRADICTED' | 'REFERENCE_UNKNOWN' | 'CONTROL_PLANE_UNKNOWN'
  readonly message: string
  readonly because: readonly ResourceRef[]
}

/** One version, parsed, indexed and resolved: read-only, and safe to keep for ever. */
export interface Snapshot {
  readonly contentHash: string
  /** The version whose workloads, services and facts these are, where only configuration differs. */
  readonly basis?: Snapshot
  readonly header: TopologyHeader
  readonly meshes: readonly Mesh[]
  readonly networks: readonly Network[]
  readonly clusters: ReadonlyMap<string, Cluster>
  readonly controlPlanes: ReadonlyMap<string, ControlPlane>
  readonly statedGateways: readonly GatewayHeader[]
  readonly federations: readonly FederationHeader[]
  readonly tenants: readonly TenantHeader[]
  readonly assertions: readonly AssertionHeader[]
  readonly suppressions: readonly SuppressionHeader[]
  readonly inconsistencies: readonly Inconsistency[]
  /** Assumptions every answer rests on (NETWORK_ASSUMED_FLAT …). */
  readonly assumptions: readonly Assumption[]
  /** What this control plane would know; built on first use. */
  view(controlPlane: string): ControlPlaneView
  /** May pods of `from` send packets to pod IPs of `to` without a gateway (equal names, `routableTo`, or either unknown; TOPO-4)? */
  routable(from: string, to: string): boolean
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
  /** What became of each route of the Gateway API that it reads (GWAPI-6). */
  readonly routeFates: readonly RouteFate[]
  /** Listeners of the Gateway API that it opens nothing for (GWAPI-29). */
  readonly closedListeners: readonly ClosedListener[]
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
  /** Reference to an Istio object of the config cluster. */
  ref(meta: Meta, path?: string): ResourceRef
  /** Instances of any visible cluster in the namespace. */
  workloads(namespace: string): readonly Workload[]
}
