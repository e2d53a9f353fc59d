import type { AuthorizationPolicy } from './istio/authorization-policy.js'
import type {
  ConfigMap,
  KubernetesGateway,
  MeshInstallation,
  Namespace,
  NetworkPolicy,
  Node,
  ProxyConfig,
  RevisionTag,
  ScopedPolicy,
  Secret,
  ServiceRoute,
} from './cluster-objects.js'
import type { DestinationRule } from './istio/destination-rule.js'
import type { EndpointSlice } from './kubernetes/endpoint-slice.js'
import type { Gateway } from './istio/gateway.js'
import type { PeerAuthentication } from './istio/peer-authentication.js'
import type { Pod } from './kubernetes/pod.js'
import type { PodController } from './kubernetes/pod-controller.js'
import type { ServiceEntry, WorkloadEntry, WorkloadGroup } from './istio/service-entry.js'
import type { Service } from './kubernetes/service.js'
import type { Sidecar } from './istio/sidecar.js'
import type { VirtualService } from './istio/virtual-service.js'

/** Namespaced resources of one kind: by namespace, in canonical order inside each. */
export type ByNamespace<T> = ReadonlyMap<string, readonly T[]>

/**
 * One cluster's objects, typed and indexed; built once per content digest.
 *
 * Raw objects are dropped after reading: what the analysis needs is here, and the document as it came stays in the store.
 */
export interface ClusterResources {
  readonly digest: string
  /** Bytes of the canonical part: what the snapshot cache counts. */
  readonly size: number
  /** Objects by kind, unknown kinds included. */
  readonly counts: Readonly<Record<string, number>>
  /** `apiVersion/kind` of objects that nothing here reads. */
  readonly unknownKinds: readonly string[]
  /** Parts of objects that could not be read as their kind's shape: kept, reported. */
  readonly unreadable: readonly {
    readonly kind: string
    readonly namespace: string
    readonly name: string
    readonly path: string
    readonly message: string
    readonly index: number
  }[]

  readonly namespaces: ReadonlyMap<string, Namespace>
  readonly nodes: ReadonlyMap<string, Node>
  readonly services: ByNamespace<Service>
  readonly pods: ByNamespace<Pod>
  readonly podControllers: ByNamespace<PodController>
  /** Keyed `namespace/service`. */
  readonly endpointSlices: ReadonlyMap<string, readonly EndpointSlice[]>
  readonly configMaps: ByNamespace<ConfigMap>
  readonly secrets: ByNamespace<Secret>
  readonly serviceEntries: ByNamespace<ServiceEntry>
  readonly workloadEntries: ByNamespace<WorkloadEntry>
  readonly workloadGroups: ByNamespace<WorkloadGroup>
  readonly virtualServices: ByNamespace<VirtualService>
  readonly destinationRules: ByNamespace<DestinationRule>
  readonly sidecars: ByNamespace<Sidecar>
  readonly gateways: ByNamespace<Gateway>
  readonly peerAuthentications: ByNamespace<PeerAuthentication>
  readonly authorizationPolicies: ByNamespace<AuthorizationPolicy>
  readonly requestAuthentications: ByNamespace<ScopedPolicy>
  readonly envoyFilters: ByNamespace<ScopedPolicy>
  readonly proxyConfigs: ByNamespace<ProxyConfig>
  readonly kubernetesGateways: ByNamespace<KubernetesGateway>
  readonly serviceRoutes: ByNamespace<ServiceRoute>
  readonly networkPolicies: ByNamespace<NetworkPolicy>
  readonly installations: readonly MeshInstallation[]
  readonly revisionTags: readonly RevisionTag[]
}
