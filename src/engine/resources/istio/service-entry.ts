import type { Labels, Meta } from '../meta.js'
import type { Protocol } from '../kubernetes/service.js'

/** One endpoint of a ServiceEntry, or the spec of a WorkloadEntry. */
export interface EntryEndpoint {
  readonly address: string
  readonly ports: Readonly<Record<string, number>>
  readonly labels: Labels
  readonly network: string
  readonly locality: string
  readonly weight: number
  readonly serviceAccount: string
}

export interface ServiceEntry {
  readonly meta: Meta
  readonly hosts: readonly string[]
  readonly addresses: readonly string[]
  /** Addresses allocated by the control plane and written into the status (DNS-15), by host ('' when no host is named). */
  readonly allocatedAddresses: readonly { readonly host: string; readonly value: string }[]
  readonly ports: readonly { readonly name: string; readonly number: number; readonly protocol: Protocol; readonly targetPort?: number }[]
  readonly location: 'MESH_EXTERNAL' | 'MESH_INTERNAL'
  readonly resolution: 'NONE' | 'STATIC' | 'DNS' | 'DNS_ROUND_ROBIN' | 'DYNAMIC_DNS'
  readonly endpoints: readonly EntryEndpoint[]
  readonly workloadSelector?: Labels
  readonly exportTo: readonly string[]
  readonly subjectAltNames: readonly string[]
}

export interface WorkloadEntry {
  readonly meta: Meta
  readonly endpoint: EntryEndpoint
  /** `Healthy` condition of an auto-registered entry; absent when there is none. */
  readonly healthy?: boolean
}

export interface WorkloadGroup {
  readonly meta: Meta
  readonly labels: Labels
  readonly annotations: Labels
  readonly template: EntryEndpoint
}
