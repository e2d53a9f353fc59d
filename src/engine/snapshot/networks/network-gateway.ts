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
  /** Assumed to have this address: a LoadBalancer without status in a cluster that is not observed. */
  readonly assumed: boolean
}
