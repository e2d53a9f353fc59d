import type { ResourceRef } from '../../model/resource-ref.js'

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
  /** Set where calls go through it in tunnels within tunnels (AMB-65). */
  readonly tunnel?: TunnelTo
  /** Assumed to have this address: a LoadBalancer without status in a cluster that is not observed. */
  readonly assumed: boolean
}

/** The Gateway by whose object a gateway for tunnels is known, and the account that its certificate is expected to have. */
export interface TunnelTo {
  readonly namespace: string
  readonly name: string
  readonly serviceAccount: string
  /** It stands in another cluster, which the Gateway only refers to. */
  readonly isReference: boolean
  /** Why the proxy that is given it cannot open the inner tunnel (AMB-5, AMB-70). */
  readonly unusable?: string
}
