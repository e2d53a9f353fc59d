import type { ProxyScope } from '../../../istiod/scope/proxy-scope.js'
import type { SpokenProtocol } from '../../../model/question.js'
import type { MeshService } from '../../../snapshot/services/mesh-service.js'
import type { Client } from '../../call/call.js'
import { chainTaking } from './chain-taking.js'
import type { FilterChain } from './filter-chain.js'
import { listenerAt } from './listener-at.js'

/** A connection of a client's to somewhere. */
export interface Dialling {
  readonly client: Pick<Client, 'workload'>
  /** An address, or the whole block that stands for one; undefined: one that nobody listens for by itself. */
  readonly address: string | undefined
  readonly port: number
  readonly spoken: SpokenProtocol
  /** The server name, if it is TLS. */
  readonly name: string
}

/** The filter chain of the client's proxy that takes the connection; `meant`: records that it is for. */
export function takenAt(scope: ProxyScope, dialling: Dialling, meant: readonly MeshService[] = []): FilterChain | undefined {
  const { client, address, port, spoken, name } = dialling
  const sni = spoken === 'TLS' ? name : ''
  return chainTaking(listenerAt(scope, client, address, port, meant), { address, sni, spoken })
}
