import type { Meta } from '../meta.js'

export interface SliceEndpoint {
  readonly addresses: readonly string[]
  readonly ready?: boolean
  readonly serving?: boolean
  readonly terminating?: boolean
  readonly pod?: string
  readonly nodeName?: string
  readonly zone?: string
  readonly hostname?: string
}

/** Also read from legacy `Endpoints` objects where a cluster has no slices for the service. */
export interface EndpointSlice {
  readonly meta: Meta
  /** Value of `kubernetes.io/service-name`. */
  readonly service: string
  readonly addressType: string
  readonly ports: readonly { readonly name: string; readonly number: number }[]
  readonly endpoints: readonly SliceEndpoint[]
  /** Labelled as a Multi-Cluster Services import: ignored (EDS-5). */
  readonly imported: boolean
}
