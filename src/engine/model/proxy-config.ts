/**
 * What control planes give to their proxies: `istioctl proxy-config` without a running mesh.
 *
 * An answer for a whole mesh is large, so that it exists in pieces; `ProxyConfig` is what they make up when written one after the other.
 */
import Type, { type Static } from 'typebox'
import { SourceInput } from './question.js'
import { ToldAssumption } from './step.js'

const strict = { additionalProperties: false }

export const ProxyConfigQuestion = Type.Object({ from: Type.Optional(Type.Union([SourceInput, Type.Null()])) }, strict)
export type ProxyConfigQuestion = Static<typeof ProxyConfigQuestion>

/** What the proxy sends to an endpoint. */
export const SentProtocol = Type.Enum(['ISTIO_MUTUAL', 'PLAINTEXT', 'OTHER_TLS'])
export type SentProtocol = Static<typeof SentProtocol>

/** A way into another network that the control plane knows. */
export const NetworkEntrance = Type.Object({
  network: Type.String(),
  cluster: Type.String(),
  address: Type.String(),
  port: Type.Integer(),
})
export type NetworkEntrance = Static<typeof NetworkEntrance>

/** A service in the proxy's scope, with those of its ports that are. */
export const ScopedHost = Type.Object({ host: Type.String(), namespace: Type.String(), ports: Type.Array(Type.Integer()) })
export type ScopedHost = Static<typeof ScopedHost>

/** An address that may get traffic; `share` of the target's traffic while all are well. */
export const TargetEndpoint = Type.Object({
  address: Type.String(),
  port: Type.Integer(),
  weight: Type.Integer(),
  priority: Type.Integer(),
  share: Type.Number(),
  sends: SentProtocol,
})
export type TargetEndpoint = Static<typeof TargetEndpoint>

export const TargetType = Type.Enum(['EDS', 'STRICT_DNS', 'LOGICAL_DNS', 'ORIGINAL_DST', 'DYNAMIC_DNS'])
export type TargetType = Static<typeof TargetType>

/**
 * One upstream cluster: a host, a port and a subset, "" being the default one.
 *
 * `sends` is given where the proxy keeps the original address or resolves the host of the request, and has no endpoints therefore. `unready` are `address:port` that the proxy
 * is given as well and that get nothing while they are unready.
 */
export const ProxyTarget = Type.Object({
  host: Type.String(),
  port: Type.Integer(),
  subset: Type.String(),
  type: TargetType,
  sends: Type.Optional(SentProtocol),
  endpoints: Type.Array(TargetEndpoint),
  unready: Type.Array(Type.String()),
})
export type ProxyTarget = Static<typeof ProxyTarget>

/** Target → share of the requests; `lost UNKNOWN_CLUSTER` for a part that leads nowhere. A reason's code where all of it leads nowhere. */
export const RouteShares = Type.Union([Type.String(), Type.Record(Type.String(), Type.Number())])
export type RouteShares = Static<typeof RouteShares>

/** What a proxy does with calls to hosts that it was not given. */
export const UnknownHosts = Type.Enum(['ALLOW', 'BLOCK'])
export type UnknownHosts = Static<typeof UnknownHosts>

/** What a workload's own proxy takes on a port. */
export const InboundMode = Type.Enum(['PERMISSIVE', 'STRICT', 'DISABLE'])
export type InboundMode = Static<typeof InboundMode>

/**
 * What one proxy is given.
 *
 * `routes`: by `host:port` of HTTP ports, where a plain `GET /` without headers goes. `names`, only with DNS capture: what the proxy itself
 * answers. `inbound`: the mode of mutual TLS by port of the workload.
 */
export const ProxyAnswer = Type.Object({
  proxy: Type.String({ description: '`cluster/namespace/workload`' }),
  unknownHosts: UnknownHosts,
  services: Type.Array(ScopedHost),
  targets: Type.Array(ProxyTarget),
  routes: Type.Record(Type.String(), RouteShares),
  names: Type.Optional(Type.Record(Type.String(), Type.Array(Type.String()))),
  inbound: Type.Record(Type.String(), InboundMode, { description: 'by port of the workload; `*` for all others' }),
})
export type ProxyAnswer = Static<typeof ProxyAnswer>

/** What one control plane gives to the proxies that it configures. */
export const ControlPlaneAnswer = Type.Object({
  controlPlane: Type.String(),
  gateways: Type.Array(NetworkEntrance),
  assumptions: Type.Array(ToldAssumption),
  proxies: Type.Array(ProxyAnswer),
})
export type ControlPlaneAnswer = Static<typeof ControlPlaneAnswer>

export const ProxyConfig = Type.Object({ answers: Type.Array(ControlPlaneAnswer) })
export type ProxyConfig = Static<typeof ProxyConfig>

/** The answer in the order in which it is written: a control plane's head, then one piece for each of its proxies. */
export type ProxyConfigPiece =
  | ({ readonly kind: 'CONTROL_PLANE' } & Readonly<Omit<ControlPlaneAnswer, 'proxies'>>)
  | { readonly kind: 'PROXY'; readonly answer: ProxyAnswer }
