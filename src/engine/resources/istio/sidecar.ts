import type { Labels, Meta } from '../meta.js'

export interface SidecarEgress {
  readonly port?: { readonly number: number; readonly protocol: string; readonly name: string }
  readonly bind?: string
  readonly hosts: readonly string[]
}

export interface Sidecar {
  readonly meta: Meta
  readonly workloadSelector?: Labels
  readonly egress: readonly SidecarEgress[]
  readonly ingressPorts: readonly number[]
  /** Absent: the mesh's policy; present without mode: REGISTRY_ONLY (MODEL-2). */
  readonly outboundTrafficPolicy?: 'REGISTRY_ONLY' | 'ALLOW_ANY' | 'ALLOW_ANY_DYNAMIC_DNS'
}
