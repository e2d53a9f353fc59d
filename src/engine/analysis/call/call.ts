import { createWork, type Work } from '../../istiod/expressions/work.js'
import type { SpokenProtocol } from '../../model/question.js'
import type { Cluster, ControlPlaneView, Snapshot } from '../../snapshot/snapshot.js'
import type { Workload } from '../../snapshot/workloads/workload.js'
import type { TokenState } from '../authorization/token-state.js'

/** The caller: one workload instance, with the view of the control plane that configures its proxy. */
export interface Client {
  readonly snapshot: Snapshot
  readonly workload: Workload
  readonly cluster: Cluster
  /** Undefined: no proxy configured by a known control plane, so the cluster's DNS and kube-proxy decide (DNS-7, ROUTE-34). */
  readonly view: ControlPlaneView | undefined
  /** The instances that this one stands for, itself among them, and the addresses of all; absent: itself alone. */
  readonly alike?: readonly Workload[]
  readonly addresses?: readonly string[]
}

/** Values of one header that come as entries of their own; where they are not all, there may be others. */
export interface HeaderEntries {
  readonly values: readonly string[]
  readonly areAll: boolean
}

/** What the question says of the request. An undefined attribute is unknown, not empty. */
export interface CallAttributes {
  /** What the client speaks; undefined: as the port declares. */
  readonly protocol: SpokenProtocol | undefined
  readonly method: string | undefined
  readonly path: string | undefined
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  /** Names, in lower case, of headers that the request does not have; what stands neither here nor in `headers` is unknown. */
  readonly absentHeaders: ReadonlySet<string>
  /** Of headers that a route added to: each of their entries, of which `headers` has all as one. */
  readonly apart?: ReadonlyMap<string, HeaderEntries>
  /** What the request may have for its authority; undefined until the port is known. */
  readonly authorities: readonly string[] | undefined
  /** What the question may still spend on regular expressions: one for all that it asks. */
  readonly work: Work
}

/** A request of which nothing is said. */
export const openRequest = (): CallAttributes => ({
  protocol: undefined,
  method: undefined,
  path: undefined,
  headers: {},
  absentHeaders: new Set(),
  authorities: undefined,
  work: createWork(),
})

/** From this client to that host: one port and one moment, milliseconds since the epoch. */
export interface ResolvedCall {
  readonly client: Client
  /** As asked, in lower case, without a trailing dot. */
  readonly host: string
  readonly attributes: CallAttributes
  readonly at: number
  /** What a waypoint is asked for that stands in front of the very workload. */
  readonly dialled?: { readonly addresses: readonly string[]; readonly port: number }
  /** Of a call that a gateway makes because one came to it: the host is what was asked for there, not what the gateway itself would call. */
  readonly handedOn?: true
  /** Of a call that goes to addresses of pods, the caller's own among them. */
  readonly dialsPods?: true
  /** Of a call that a gateway or a waypoint hands on: the token that its proxy has read, and may have taken away. */
  readonly token?: TokenState
  /** Of a call that a gateway makes for somebody outside: over what it came in. */
  readonly came?: 'TLS' | 'PLAINTEXT'
}

/** A header of the question by its name in lower case; names that every object answers to, such as `constructor`, are headers like any other. */
export const findHeader = (headers: Readonly<Record<string, string>>, name: string): string | undefined =>
  Object.hasOwn(headers, name) ? headers[name] : undefined
