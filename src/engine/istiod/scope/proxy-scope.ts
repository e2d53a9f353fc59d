import type { ReasonCode } from '../../model/reasons.js'
import type { ResourceRef } from '../../model/resource-ref.js'
import type { Sidecar } from '../../resources/istio/sidecar.js'
import type { VirtualService } from '../../resources/istio/virtual-service.js'
import type { MeshService } from '../../snapshot/services/mesh-service.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import type { OutboundMode } from '../../snapshot/control-planes/mesh-config.js'
import type { EgressListener } from './egress-listeners.js'

/** A record that an egress listener imports, with the ports that it lets through: what the proxy listens for and answers names with. */
export interface ListenedRecord {
  readonly record: MeshService
  readonly ports: readonly number[]
  readonly listener: EgressListener
}

/** A service in a proxy's scope. IMPLICIT: only because a VirtualService names it (VIS-21): a cluster, but no listener and no name (DNS-8). */
export interface ScopedService {
  /** What upstream clusters are made from: the record that won, with the ports of those that could be merged into it (VIS-10, VIS-22). */
  readonly service: MeshService
  readonly imported: 'EXPLICIT' | 'IMPLICIT'
  /** Ports left after egress listeners' `port` (VIS-20) and implicit imports (VIS-21); service port numbers. */
  readonly ports: readonly number[]
  /** Each record on its own, merged or not, in the order of the listeners and of the records in each. */
  readonly listening: readonly ListenedRecord[]
  readonly because: readonly ResourceRef[]
}

/** What one proxy is given: exportTo, cut down by its Sidecar (VIS-13 … VIS-24). Shared by all proxies of equal scope. */
export interface ProxyScope extends ImportedRoutes {
  readonly view: ControlPlaneView
  /** Consumer namespace. */
  readonly namespace: string
  readonly sidecar: Sidecar | undefined
  readonly outboundMode: OutboundMode
  /** Where the outbound mode comes from. */
  readonly outboundBecause: readonly ResourceRef[]
  /** By hostname: each consumer sees the records of one namespace only (VIS-22). */
  readonly services: ReadonlyMap<string, ScopedService>
  /** The egress listeners in their order, each with the VirtualServices that it imports; one alone without a Sidecar. */
  readonly listeners: readonly ListenerRoutes[]
  /** Why a service of the registry is not in scope: reason code, sentence, and the objects behind it. */
  whyHidden(service: MeshService): { readonly reason: ReasonCode; readonly message: string; readonly because: readonly ResourceRef[] }
}

/** VirtualServices bound to a proxy (mesh, or its gateways) that it imports. */
export interface ImportedRoutes {
  /** First match first (VIS-25, VIS-28). */
  readonly virtualServices: readonly VirtualService[]
  /** The same ones as many proxies have them; in `virtualServices` the namespace's own routes of the Gateway API come first. */
  readonly shared: readonly VirtualService[]
  /** Those that have a say, where others are imported as well. */
  readonly heeds?: ((item: VirtualService) => boolean) | undefined
}

/** What one listener imports. */
export interface ListenerRoutes extends ImportedRoutes {
  readonly listener: EgressListener
}
