import type { ReasonCode } from '../../model/reasons.js'
import type { ResourceRef } from '../../model/resource-ref.js'
import type { Protocol } from '../../resources/kubernetes/protocol.js'
import type { MeshPort, MeshService } from '../../snapshot/services/mesh-service.js'
import type { NetworkGateway } from '../../snapshot/networks/network-gateway.js'
import type { Workload } from '../../snapshot/workloads/workload.js'
import type { Waypoint } from '../../istiod/ambient/waypoint.js'
import type { CallAttributes } from './call.js'
import type { FindNear } from './untold-step.js'
import type { ProxyScope } from '../../istiod/scope/proxy-scope.js'
import type { Endpoint } from '../../istiod/endpoints/endpoint.js'
import type { RuleInForce } from '../../istiod/destination-rules/rule-in-force.js'

/** After NAME: the application holds an address, or needs none because the host is one. */
export interface Named {
  /** Fully qualified, lower case. */
  readonly hostname: string
  /** Addresses the application would dial; a control plane's automatic address is written `auto`. */
  readonly addresses: readonly string[]
  readonly resolvedBy: 'CLUSTER_DNS' | 'DNS_CAPTURE' | 'STUB_DOMAIN' | 'UPSTREAM_DNS' | 'LITERAL'
}

/**
 * After SCOPE. MESH: the proxy has the service. PASSTHROUGH: the proxy forwards to the original address in plaintext
 * (VIS-31). DIRECT: no proxy on the way out (ROUTE-34). ADDRESS: ztunnel has the very workload that is dialled (AMB-8).
 */
export interface InScope {
  readonly mode: 'MESH' | 'PASSTHROUGH' | 'DIRECT' | 'ADDRESS'
  readonly scope: ProxyScope | undefined
  /** Set when mode is MESH and the host is a service; a host known only to a VirtualService has none (ROUTE-1). */
  readonly service: MeshService | undefined
}

/** One upstream cluster that the route may choose. */
export interface RouteTarget {
  readonly service: MeshService
  readonly port: MeshPort
  /** '' for the default subset. */
  readonly subset: string
  /** Part of the call's traffic, 0 … 1. */
  readonly share: number
  readonly rule: RuleInForce | undefined
  readonly because: readonly ResourceRef[]
  /**
   * AS_SPOKEN: what the call is said to speak. TLS: the application sends it itself, and was routed by its server name. ANYTHING: it was routed as a
   * connection, and nothing says what is in it.
   */
  readonly carries: 'AS_SPOKEN' | 'TLS' | 'ANYTHING'
  /** What the route makes of the request; undefined: it goes on as it came. */
  readonly request: CallAttributes | undefined
  /** Whom ztunnel sends it to, for the service; undefined: straight to its endpoints (AMB-8). */
  readonly waypoint: Waypoint | undefined
}

/** An upstream cluster by itself, as no route leads to it. */
export const wholeTarget = ({ service, port, subset, rule }: Pick<RouteTarget, 'service' | 'port' | 'subset' | 'rule'>): RouteTarget =>
  routeTarget({ service, port, subset, share: 1, rule, because: [], carries: 'AS_SPOKEN', request: undefined })

/** Every stage reads targets: laid out alike, they are read fast. */
export const routeTarget = ({
  service,
  port,
  subset,
  share,
  rule,
  because,
  carries,
  request,
  waypoint,
}: Omit<RouteTarget, 'waypoint'> & Partial<Pick<RouteTarget, 'waypoint'>>): RouteTarget => ({
  service,
  port,
  subset,
  share,
  rule,
  because,
  carries,
  request,
  waypoint,
})

/** After ROUTE: the upstream clusters with their shares; several candidates where an attribute was not given (each with `when`). */
export interface Routed {
  /** As after SCOPE, unless the port is one that the proxy does not take. */
  readonly mode: InScope['mode']
  /** The port the application dials. */
  readonly port: number
  readonly protocol: Protocol
  /** Where the very workload is called: the waypoint in front of it (AMB-8). */
  readonly waypoint?: Waypoint
  /** Alternatives by attributes that the question leaves open; exactly one when it does not. Each one's shares add up to 1. */
  readonly alternatives: readonly {
    readonly when: string | undefined
    readonly targets: readonly RouteTarget[]
    /** Parts of the traffic that end here while the rest goes to targets (a weighted destination that does not exist, some aborts). */
    readonly lost?: readonly {
      readonly share: number
      readonly reason: ReasonCode
      readonly message: string
      readonly because: readonly ResourceRef[]
      readonly delivered: boolean
      readonly near?: FindNear | undefined
    }[]
    /** Set instead of targets: the request ends here (404, direct response, 100 % abort, unknown cluster …). */
    readonly ends:
      | {
          readonly reason: ReasonCode
          readonly message: string
          readonly because: readonly ResourceRef[]
          readonly delivered: boolean
          readonly near?: FindNear | undefined
        }
      | undefined
  }[]
}

export interface Dropped {
  readonly endpoint: Endpoint
  /** Code of EDS-26 in UPPER_SNAKE, or of the network filter. */
  readonly reason: ReasonCode
  readonly message: string
  readonly because: readonly ResourceRef[]
}

/** After DISCOVERY: what is left of EDS-26 steps 1 … 10, for one route target. */
export interface Discovered {
  readonly endpoints: readonly Endpoint[]
  /** Given to the proxy as well, and not ready (EDS-9). */
  readonly unready: readonly Endpoint[]
  readonly dropped: readonly Dropped[]
}

/** The passage through a gateway that hands TLS on by SNI, without ending it (NET-30 … NET-35). */
export interface GatewayPassage {
  readonly gateway: NetworkGateway
  /** The endpoint of the client's own view that led to the gateway: its proxy's TLS decision looks at this one, not at what stands behind. */
  readonly entry: Endpoint
  /** One instance of the gateway's pods; its control plane gives the second view. */
  readonly proxy: Workload | undefined
  /** The port of the gateway's own pod, where its Service leads. */
  readonly proxyPort: number | undefined
  /** Gateways that hand the connection on behind the first. */
  readonly further: readonly GatewayLeg[]
}

/** From one gateway to the next: the address that the former dials, and the pod's port where that leads. */
export interface GatewayLeg {
  readonly proxy: Workload
  readonly port: number
  readonly dialled: { readonly address: string; readonly port: number }
}

/**
 * After NETWORK, one for each endpoint: how the client reaches it. `server` undefined: the path ends outside the mesh
 * (an external host), or could not be followed.
 */
export interface NetworkPath {
  readonly endpoint: Endpoint
  /** What the client's proxy dials: the endpoint itself, or a gateway. */
  readonly dialled: { readonly address: string; readonly port: number }
  readonly passage: GatewayPassage | undefined
  readonly server: Workload | undefined
  /** Port at the server workload (target port). */
  readonly serverPort: number
  /** Locality used for priorities: the endpoint's, also behind a gateway (NET-20). */
  readonly locality: string
  readonly weight: number
}

/** The same way to another end. */
export const leadingTo = (
  { dialled, locality, weight }: NetworkPath,
  { endpoint, passage, server, serverPort }: Pick<NetworkPath, 'endpoint' | 'passage' | 'server' | 'serverPort'>,
): NetworkPath => ({ endpoint, dialled, passage, server, serverPort, locality, weight })

/** After TRANSPORT: what the client sends and the server takes. */
export interface Transported {
  readonly path: NetworkPath
  readonly protocol: 'PLAINTEXT' | 'ISTIO_MUTUAL' | 'OTHER_TLS'
  /** True when an Istio sidecar or gateway terminates the connection at the server. */
  readonly serverProxied: boolean
  /** In a tunnel of HBONE, which is judged by rules of its own (AMB-25, AMB-26). */
  readonly tunnel: boolean
}

/** After TRUST: the identity the server sees; undefined for plaintext (AUTHZ-14). */
export interface Trusted {
  readonly transported: Transported
  readonly peer: { readonly trustDomain: string; readonly namespace: string; readonly serviceAccount: string } | undefined
  /** Milliseconds since the epoch until which the certificates hold; undefined when no certificate was looked at. */
  readonly validUntil: number | undefined
}

/** The path to an endpoint that is dialled by its own address. */
export const directPath = (endpoint: Endpoint, weight = endpoint.weight): NetworkPath => ({
  endpoint,
  dialled: { address: endpoint.address, port: endpoint.port },
  passage: undefined,
  server: endpoint.workload,
  serverPort: endpoint.port,
  locality: endpoint.locality,
  weight,
})
