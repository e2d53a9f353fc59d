import type { Labels, Meta } from './meta.js'
import type { PodController } from './kubernetes/pod-controller.js'
import type { Service } from './kubernetes/service.js'

export interface Node {
  readonly meta: Meta
  readonly region: string
  readonly zone: string
  readonly subzone: string
  readonly externalIps: readonly string[]
}

export interface Namespace {
  readonly meta: Meta
}

/** Only the ConfigMaps that say something of the mesh or of DNS keep their data. */
export interface ConfigMap {
  readonly meta: Meta
  readonly data: Readonly<Record<string, string>>
}

/** What is left of a Secret: its type, its keys, public certificates by key, and the API server hosts of a remote secret by cluster ID. */
export interface Secret {
  readonly meta: Meta
  readonly type: string
  readonly keys: readonly string[]
  readonly certificates: Readonly<Record<string, readonly string[]>>
  readonly remoteClusters: readonly { readonly cluster: string; readonly server: string }[]
}

/** A gateway that an installation brings: what its manifests would contain. */
export interface InstalledGateway {
  readonly service: Service
  readonly controller: PodController
}

/** A revision tag, by the webhook that serves it: it picks the revision for pods whose labels name the tag (MODEL-27). */
export interface RevisionTag {
  readonly meta: Meta
  readonly tag: string
  readonly revision: string
}

/** Facts about an installation told by IstioOperator, Helm values, Sail (`Istio`, `IstioRevision`) or ServiceMeshControlPlane objects. */
export interface MeshInstallation {
  readonly meta: Meta
  readonly revision: string
  readonly profile?: string
  readonly meshId?: string
  readonly clusterName?: string
  readonly network?: string
  readonly version?: string
  readonly namespace?: string
  readonly remotePilotAddress?: string
  readonly externalIstiod?: boolean
  readonly meshConfig?: Readonly<Record<string, unknown>>
  readonly meshNetworks?: Readonly<Record<string, unknown>>
  readonly env: Readonly<Record<string, string>>
  readonly gateways: readonly InstalledGateway[]
  /** Path of the facts inside the object, e.g. `spec.values`. */
  readonly path: string
}

/** `gateway.networking.k8s.io` Gateway. */
export interface KubernetesGateway {
  readonly meta: Meta
  readonly className: string
  readonly addresses: readonly { readonly type?: string; readonly value: string }[]
  readonly listeners: readonly {
    readonly name: string
    readonly port: number
    readonly protocol: string
    readonly hostname?: string
    readonly tls?: { readonly mode?: string; readonly options: Labels }
  }[]
  readonly infrastructureLabels: Labels
}

/** HTTPRoute, GRPCRoute, TCPRoute or TLSRoute of the Gateway API: its rules are not kept, only the Services that it is attached to. */
export interface ServiceRoute {
  readonly meta: Meta
  /** A port or a section, the port's name, narrows a parent to one of its ports. */
  readonly parents: readonly { readonly namespace: string; readonly name: string; readonly port?: number; readonly section?: string }[]
}

/** EnvoyFilter, RequestAuthentication, Telemetry, WasmPlugin and other policies of which only the reach matters. */
export interface ScopedPolicy {
  readonly meta: Meta
  readonly selector?: Labels
  readonly targetRefs: readonly { readonly group: string; readonly kind: string; readonly name: string }[]
}

/** ProxyConfig custom resource: environment variables for selected workloads (MODEL-11). */
export interface ProxyConfig {
  readonly meta: Meta
  readonly selector?: Labels
  readonly environment: Readonly<Record<string, string>>
}

/** A NetworkPolicy is kept so that answers can say that it was not modelled. `podSelector` holds its labels alone, without expressions. */
export interface NetworkPolicy {
  readonly meta: Meta
  readonly podSelector: Labels
  readonly restrictsIngress: boolean
  readonly restrictsEgress: boolean
}
