import type { LabelSelector } from '../../resources/label-selector.js'
import type { ResourceRef } from '../../model/resource-ref.js'
import type { LocalitySetting } from '../../resources/istio/traffic-policy.js'

export type OutboundMode = 'ALLOW_ANY' | 'REGISTRY_ONLY' | 'ALLOW_ANY_DYNAMIC_DNS'

/** Who sees a ServiceEntry: everybody, its own namespace, or nobody. */
export type EntryVisibility = 'PUBLIC' | 'NAMESPACE' | 'NONE'

/** What proxies make of a request's path before they look at it; each does what those before it do. */
export type PathNormalization = 'NONE' | 'BASE' | 'MERGE_SLASHES' | 'DECODE_AND_MERGE_SLASHES'

/** An item of `extensionProviders`; OTHER: tracers, loggers and the like. */
export interface ExtensionProvider {
  readonly name: string
  readonly kind: 'HTTP_AUTHORIZATION' | 'GRPC_AUTHORIZATION' | 'OTHER'
  /** A host, or `namespace/host`. */
  readonly service: string
  readonly port: number
  /** Requests get through where the provider does not answer. */
  readonly failOpen?: true
  /** A setting of it that the control plane refuses. */
  readonly fault?: string
  /** Of others, what they are: `zipkin`, `opentelemetry` … */
  readonly type?: string
}

/** MeshConfig of one control plane with Istio's defaults filled in (MODEL-1 … MODEL-3). */
export interface MeshConfig {
  readonly trustDomain: string
  readonly trustDomainAliases: readonly string[]
  readonly enableAutoMtls: boolean
  readonly outboundMode: OutboundMode
  readonly localityLbSetting: LocalitySetting & { readonly enabled: boolean }
  readonly rootNamespace: string
  readonly defaultServiceExportTo: readonly string[]
  readonly defaultVirtualServiceExportTo: readonly string[]
  readonly defaultDestinationRuleExportTo: readonly string[]
  /** `serviceSettings`: cluster-local hosts (VIS-33). */
  readonly serviceSettings: readonly { readonly clusterLocal: boolean; readonly hosts: readonly string[] }[]
  /** `serviceScopeConfigs`: which Services are one across networks in ambient mode (NET-40); an absent selector takes all. Absent: nobody speaks of it. */
  readonly serviceScopes?: readonly {
    readonly namespaces: LabelSelector | undefined
    readonly services: LabelSelector | undefined
    readonly isGlobal: boolean
  }[]
  /** `serviceEntryVisibility`: the first policy counts all of whose selectors take the namespace, else `usual`. Absent: everybody sees them all. */
  readonly entryVisibility?: {
    readonly usual: EntryVisibility
    readonly policies: readonly { readonly visibility: EntryVisibility; readonly namespaces: readonly LabelSelector[] }[]
  }
  readonly discoverySelectors: readonly LabelSelector[]
  readonly caCertificates: readonly { readonly pem?: string; readonly spiffeBundleUrl?: string; readonly trustDomains: readonly string[] }[]
  readonly defaultProxyMetadata: Readonly<Record<string, string>>
  readonly discoveryAddress: string
  readonly extensionProviders: readonly ExtensionProvider[]
  /** Providers of access logs that Telemetries need not name. */
  readonly defaultAccessLogging: readonly string[]
  /** Does a proxy stop waiting for bytes to detect a protocol by? Not by default. */
  readonly givesUpDetection: boolean
  readonly pathNormalization: PathNormalization
  /** How Ingresses are served: which of them, and by which gateway. */
  readonly ingress: {
    readonly mode: 'OFF' | 'DEFAULT' | 'STRICT'
    readonly className: string
    readonly service: string
    readonly selector: string
  }
  /** False when `configSources` leaves out the Kubernetes API: Istio objects of the cluster are inert (MODEL-16). */
  readonly readsConfigCluster: boolean
  /** Where it was read: the ConfigMap, the header's control plane, or nothing (all defaults). */
  readonly because: readonly ResourceRef[]
}

/** meshNetworks of one control plane (MODEL-14). */
export interface MeshNetworks {
  readonly networks: readonly {
    readonly name: string
    readonly fromRegistry: readonly string[]
    readonly fromCidr: readonly string[]
    readonly gateways: readonly {
      readonly address?: string
      readonly registryServiceName?: string
      readonly port: number
      readonly locality: string
    }[]
  }[]
  readonly because: readonly ResourceRef[]
}
