import type { Labels, Meta } from '../meta.js'

export interface GatewayServer {
  readonly port: { readonly number: number; readonly protocol: string; readonly name: string }
  readonly hosts: readonly string[]
  readonly tlsMode?: 'PASSTHROUGH' | 'SIMPLE' | 'MUTUAL' | 'AUTO_PASSTHROUGH' | 'ISTIO_MUTUAL' | 'OPTIONAL_MUTUAL'
  readonly subjectAltNames: readonly string[]
  readonly httpsRedirect: boolean
}

/** `networking.istio.io` Gateway. An empty selector means every gateway proxy. */
export interface Gateway {
  readonly meta: Meta
  readonly selector: Labels
  readonly servers: readonly GatewayServer[]
}
