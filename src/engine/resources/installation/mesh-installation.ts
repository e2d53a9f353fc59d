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
  }
  readonly env: Readonly<Record<string, string>>
  readonly gateways: readonly InstalledGateway[]
  /** Path of the facts inside the object, e.g. `spec.values`. */
  readonly path: string
}
