import type { ResourceRef } from '../../model/resource-ref.js'
import type { HeaderEntries } from '../call/call.js'
import type { TokenState } from './token-state.js'
import type { Identified } from './identified-by.js'
import type { Identity } from '../../snapshot/workloads/spiffe-id.js'

/** What the server's proxy knows of a request when its policies are evaluated; undefined: the question leaves it open. */
export interface PolicyRequest {
  /** Identity verified by mutual TLS; undefined: there is none, which positive matches never meet (AUTHZ-14). */
  readonly peer: Identity | undefined
  /** Whom the proxy takes the caller for, in words. */
  readonly seen: string
  /** Who gives the caller its identity. */
  readonly identity: () => Identified
  /** The form of the chain that takes the connection (AUTHZ-24); ZTUNNEL knows no HTTP at all (AUTHZ-40). */
  readonly chain: 'HTTP' | 'TCP' | 'ZTUNNEL'
  /** Who declares the port as none of HTTP; undefined: nobody, and it was what came that is no HTTP. */
  readonly declarer?: () => ResourceRef | undefined
  readonly method: string | undefined
  readonly path: string | undefined
  /** Values of `:authority` that the client may send: with and without port. */
  readonly authorities: readonly string[]
  /** In lower case; a name that is neither here nor absent is unknown. */
  readonly headers: Readonly<Record<string, string>>
  readonly absentHeaders: ReadonlySet<string>
  /** Of headers with several entries: each of them, where policies look at them one by one (AUTHZ-22). */
  readonly apart?: ReadonlyMap<string, HeaderEntries> | undefined
  /** Server name of the TLS that the server's proxy sees, '' without one; undefined: the application's own choice. */
  readonly sni: string | undefined
  /** Port of the workload (AUTHZ-19). */
  readonly port: number
  /** Addresses of the previous hop, or the CIDRs it has one of: the client, or the gateway on the way (AUTHZ-18). */
  readonly sourceAddresses: readonly string[]
  readonly destinationAddresses: readonly string[]
  /** What the server's RequestAuthentications have made of the request's token; without any nothing of it is ever set (AUTHZ-21). */
  readonly token: TokenState
  /** Of ztunnel: why the waypoint that a label names does not look at the request in its place, and who names it. */
  readonly passedBy?: { readonly why: string; readonly because: readonly ResourceRef[] } | undefined
}
