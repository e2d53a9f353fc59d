import type { LabelSelector } from '../label-selector.js'
import type { PodController } from '../kubernetes/pod-controller.js'
import type { Service } from '../kubernetes/service.js'
import type { Meta } from '../meta.js'

/** A gateway that an installation brings: what its manifests would contain. */
export interface InstalledGateway {
  readonly service: Service
  readonly controller: PodController
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
  /** What a running injector works with. */
  readonly injector?: {
    /** The proxy's image, with its tag. */
    readonly image?: string
    /** It takes namespaces that say nothing. */
    readonly byDefault: boolean
    /** Pods that say nothing themselves and are left out, before those that are taken whatever else is said. */
    readonly never: readonly LabelSelector[]
    readonly always: readonly LabelSelector[]
    /** It takes no pod that does not ask for it (`global.proxy.autoInject: disabled`). */
    readonly onlyAsked: boolean
  }
  readonly env: Readonly<Record<string, string>>
  readonly gateways: readonly InstalledGateway[]
  /** Path of the facts inside the object, e.g. `spec.values`. */
  readonly path: string
}
