import type { Labels, Meta } from '../meta.js'

/** Istio's reading of a port's protocol (TLS-12); AUTO is decided by the bytes, TLS covers `https` and `tls`. */
export type Protocol = 'HTTP' | 'TLS' | 'TCP' | 'UDP' | 'AUTO'

export interface ServicePort {
  readonly name: string
  readonly number: number
  readonly protocol: Protocol
  /** A number, or the name of a container port. */
  readonly targetPort: number | string
  readonly nodePort?: number
}

export interface Service {
  readonly meta: Meta
  readonly type: 'ClusterIP' | 'NodePort' | 'LoadBalancer' | 'ExternalName'
  /** Without `None`; empty when headless or not yet assigned. */
  readonly clusterIps: readonly string[]
  readonly headless: boolean
  readonly externalName?: string
  readonly selector?: Labels
  readonly ports: readonly ServicePort[]
  readonly externalIps: readonly string[]
  /** IPs and hostnames of `status.loadBalancer.ingress`. */
  readonly ingressAddresses: readonly string[]
  readonly hasStatus: boolean
  readonly publishNotReadyAddresses: boolean
  readonly internalTrafficPolicyLocal: boolean
  readonly trafficDistribution?: string
  /** Items of the annotation `networking.istio.io/exportTo`, trimmed; absent when the annotation is. */
  readonly exportTo?: readonly string[]
  /** SPIFFE or plain names of `alpha.istio.io/kubernetes-serviceaccounts` and `…/canonical-serviceaccounts`. */
  readonly serviceAccounts: readonly string[]
}
