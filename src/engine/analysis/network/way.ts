import type { NetworkGateway } from '../../snapshot/networks/network-gateway.js'
import type { Dropped } from '../call/stage-values.js'

/** How a proxy reaches an endpoint: by its own address, through gateways that share its weight, or not at all. */
export type Way = 'DIRECT' | { readonly gateways: readonly NetworkGateway[] } | Omit<Dropped, 'endpoint'>
