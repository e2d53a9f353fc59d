/**
 * The register of condition codes: what a verdict depends on where the question leaves it open, by kind.
 *
 * Codes are part of the contract: they are added, never changed or removed. `on` is what it depends on, in a word or two; null: each condition names
 * it, since it is an attribute of the request.
 */
const ofParts = {
  CALLER_DECIDES: { on: 'workload', says: 'several workloads fit the source, and their calls end differently' },
  PORT_DECIDES: { on: 'port', says: 'no port is asked about, and calls to the host’s ports end differently' },
  GATEWAY_DECIDES: { on: 'gateway', says: 'several gateways take the call from outside, and it ends differently behind them' },
  REQUEST_DECIDES: { on: 'request', says: 'routes lead requests apart, and these end differently' },
  SHARE_DECIDES: { on: 'route', says: 'a route shares calls out among destinations, and these end differently' },
  ENDPOINT_DECIDES: { on: 'endpoint', says: 'calls to some endpoints in use do not arrive, or it is not known' },
  FAILOVER_DECIDES: { on: 'failover', says: 'calls to an endpoint that is kept in reserve would not arrive' },
} as const

const ofRoutes = {
  ROUTE_BY_ATTRIBUTE: { on: null, says: 'which route is taken depends on an attribute of the request' },
  ADDRESS_DIALLED: { on: 'address', says: 'the name has several addresses, and the proxy listens on some only' },
} as const

const ofNetworks = {
  BEYOND_GATEWAY_UNROUTED: { on: 'endpoint', says: 'a gateway may choose an endpoint to which its network does not route' },
  BEYOND_GATEWAY_REFUSED: { on: 'endpoint', says: 'a gateway may choose an endpoint behind which the call is refused' },
  PRIVATE_NETWORK_NEEDED: { on: 'client', says: 'a load balancer has an address of a private network only' },
  CLIENT_ADDRESS_DECIDES: { on: 'client address', says: 'a load balancer lets in clients of some addresses only' },
  ONLY_TO_ITSELF: { on: 'endpoint', says: 'network policies let only an instance call itself' },
} as const

const ofTransport = {
  CLIENT_CERTIFICATE_NEEDED: { on: 'client certificate', says: 'a gateway asks clients for a certificate' },
  NODE_DECIDES: { on: 'node', says: 'what comes from the server’s own node gets past its ztunnel, and where the two stand is not given' },
  HTTP_NEEDED: {
    on: 'protocol',
    says: 'nothing says what is spoken, and what is no HTTP does not arrive: the routes, or the server’s proxy at the port, take HTTP alone',
  },
  PROXY_HEADER_NEEDED: { on: 'application', says: 'a header of the PROXY protocol reaches the application, which has to read it' },
  APPLICATION_TLS_NEEDED: { on: 'application', says: 'TLS reaches the application, which has to take it itself' },
} as const

const ofPolicies = {
  POLICY_MAY_DENY: { on: null, says: 'a policy denies requests with some value of an attribute' },
  POLICY_MUST_ALLOW: { on: null, says: 'a policy allows only requests with some value of an attribute' },
  PROVIDER_DECIDES: { on: null, says: 'an external authorization provider is asked' },
  PROTOCOL_DECIDES: { on: 'protocol', says: 'what is spoken is found out from the bytes, and routes or policies decide differently by it' },
} as const

export const conditions = { ...ofParts, ...ofRoutes, ...ofNetworks, ...ofTransport, ...ofPolicies } as const

export type ConditionCode = keyof typeof conditions
/** Kinds that depend on the same in every answer, and those that name what they depend on. */
export type FixedConditionCode = { [C in ConditionCode]: (typeof conditions)[C]['on'] extends string ? C : never }[ConditionCode]
export type NamingConditionCode = Exclude<ConditionCode, FixedConditionCode>
