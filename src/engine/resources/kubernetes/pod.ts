import type { Meta } from '../meta.js'

export interface ContainerPort {
  readonly name?: string
  readonly number: number
}

/** What a Pod and the template of its owner have in common. */
export interface PodSpec {
  readonly serviceAccount: string
  readonly hostNetwork: boolean
  readonly containerPorts: readonly ContainerPort[]
  /** Names of containers and of init containers (native sidecars). */
  readonly containerNames: readonly string[]
  /** Environment of the container `istio-proxy` where it stands in the object; empty otherwise. */
  readonly proxyEnv: Readonly<Record<string, string>>
  /** Environment and image of a container named `discovery`: this is an istiod. */
  readonly istiod?: { readonly image: string; readonly env: Readonly<Record<string, string>> }
  readonly nodeName?: string
}

export interface Pod extends PodSpec {
  readonly meta: Meta
  readonly ips: readonly string[]
  readonly phase: string
  readonly ready: boolean
  readonly deleting: boolean
  /** The controlling owner as written (`ReplicaSet`, `StatefulSet` …). */
  readonly owner?: { readonly kind: string; readonly name: string }
}
