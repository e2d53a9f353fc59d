/**
 * The register of reason codes, by the stage that gives them: every code that a step, an endpoint or an answer may carry, and what it means.
 *
 * Codes are part of the contract: they are added, never changed or removed.
 */

/** What an answer as a whole comes to, at whatever stage. */
const ofAnswers = {
  DELIVERED: 'the call arrives',
  PASSTHROUGH: 'the call arrives outside the mesh’s control, in plaintext, at the original address',
  INPUT_MISSING: 'something that decides is neither stated nor in any object',
  NOT_FOLLOWED: 'the call meets something that could stop or divert it, and what it does is not followed',
  SERVER_OUTSIDE: 'the connection ends outside the topology',
  OUTSIDE_OF_VIEW: 'it is not one of the things that the caller is shown',
} as const

/** NAME. */
const ofNames = {
  NAME_RESOLVED: 'the application gets an address for the name',
  NAME_LITERAL: 'the host is an address and needs no name',
  NAME_NOT_NEEDED: 'a gateway forwards requests without looking up their host',
  NAME_EXTERNAL: 'nothing in the cluster knows the name, and DNS outside is taken to',
  NAME_NOT_RESOLVED: 'the application gets no address for the name',
} as const

/** SCOPE, and services that are hidden. */
const ofScope = {
  IN_SCOPE: 'the client’s proxy is given the service',
  ROUTED_HOST: 'the host is no service, but a route of the proxy has it',
  PROXY_NOT_CONFIGURED: 'the control plane that is stated cannot serve the proxy, which never starts',
  NO_PROXY: 'the client has no proxy, so that nothing of the mesh concerns its side of the call',
  HIDDEN_PASSTHROUGH: 'exportTo or a Sidecar hides the service, and the proxy forwards the call in plaintext to the original address',
  UNKNOWN_TO_ZTUNNEL: 'ztunnel is not told of the service, or of the endpoint',
  UNKNOWN_PASSTHROUGH: 'the proxy knows no such service and forwards the call in plaintext to the original address',
  NOT_EXPORTED: 'the owner does not export the service to where the client is',
  NOT_IMPORTED: 'the client’s Sidecar does not import the service',
  HOSTNAME_SHADOWED: 'another record of the same hostname stands in the client’s scope instead',
  CLUSTER_NOT_READ: 'the name is one of clusters alone from which the client’s control plane does not read it',
  NAMESPACE_LEFT_OUT: 'the control plane leaves out the namespace by its discovery selectors',
  BLACKHOLED: 'the proxy refuses destinations that are not in its registry',
} as const

/** ROUTE. */
const ofRoutes = {
  NOT_ROUTED: 'nothing routes the call: it goes to the address that the application dials',
  DEFAULT_ROUTE: 'no route applies, and the call goes to the service itself',
  ROUTED: 'a VirtualService, or a route of the Gateway API, chooses where the call goes',
  TO_WAYPOINT: 'ztunnel sends the call to the waypoint that stands in front of the service',
  PAST_WAYPOINT: 'the call goes straight to the servers, past a waypoint that is not bound, or that such a client never passes',
  NO_ROUTE: 'routes apply, and none of them matches the request',
  UNKNOWN_CLUSTER: 'the route names a destination that the proxy does not have',
  ROUTES_REFUSED: 'the proxy refuses its routes because of one among them, and what it does instead is not known',
  ROUTE_LOOP: 'the routes lead from gateway to gateway without an end',
  REDIRECTED: 'the proxy answers with a redirect',
  BACKEND_NOT_GRANTED: 'a route of the Gateway API sends to another namespace, which does not grant it',
  BACKEND_INVALID: 'a route of the Gateway API sends to something that takes no traffic',
  SERVER_NAME_NOT_ROUTED: 'routes by server name have the port, and none of them takes the name that the client sends',
  DIRECT_RESPONSE: 'the proxy answers by itself and calls nothing',
  FAULT_ABORTED: 'the proxy aborts the request on purpose',
  PORT_NOT_DECLARED: 'the service declares no such port',
  PORT_NOT_IMPORTED: 'the client’s Sidecar does not let this port of the service through',
  ADDRESS_NOT_CAPTURED: 'the address that the application dials is not one on which the proxy listens for the service',
  NOT_CAPTURED: 'annotations of the pod keep the call away from its proxy',
  HOST_NOT_PROGRAMMED: 'the host is no service, and its VirtualService is not in force on this port',
  TAKEN_BY_LISTENER: 'another service listens on every address of the port and takes the connection',
  PROTOCOL_NOT_ROUTED: 'the client speaks another protocol than its proxy routes at the port',
} as const

/** DISCOVERY. */
const ofDiscovery = {
  ENDPOINTS_FOUND: 'the proxy is given endpoints of the service',
  LOCAL_ENDPOINTS: 'kube-proxy knows ready endpoints of the Service in the client’s cluster',
  ORIGINAL_ADDRESS: 'the call goes to the very address that the application dials',
  EXPORTED_ENDPOINTS: 'the address stands for the ready endpoints of all clusters that export the service',
  NO_ENDPOINTS: 'the proxy has no endpoint that may take traffic',
  PORT_MISMATCH: 'the endpoint’s port has another name than the service’s port',
  INVALID_ADDRESS: 'the endpoint’s address is no IP address, and the service is not resolved by name',
  SUBSET_MISMATCH: 'the endpoint lacks labels of the subset',
  NODE_LOCAL: 'the service keeps calls on the client’s node, and the endpoint is on another one',
  NETWORK_VIEW: 'the endpoint is on a network that the proxy does not ask for',
  CLUSTER_LOCAL: 'the service is cluster-local, and the endpoint is in another cluster',
  ENDPOINT_WITHOUT_ADDRESS: 'the endpoint has no address and stands behind no usable gateway',
  UNHEALTHY: 'the endpoint is not ready',
  TERMINATING: 'the endpoint is terminating',
  DRAINING: 'the endpoint is draining',
  NOT_DIALLED: 'the proxy keeps the address that the application dials, and that is another one',
} as const

/** NETWORK. */
const ofNetworks = {
  DIRECT: 'the endpoint is dialled by its own address',
  VIA_GATEWAY: 'the call goes through a gateway',
  DIRECT_AND_VIA_GATEWAY: 'some endpoints are dialled directly and some through gateways',
  OUTSIDE: 'the address is outside the topology',
  NOT_LISTENING: 'nothing at the address listens at this port',
  NETWORK_GATEWAY_FAMILY: 'no gateway of the network has an address of the proxy’s IP family',
  NETWORK_WITHOUT_GATEWAY: 'the endpoint is on another network, which has no gateway',
  AMBIENT_OTHER_NETWORK: 'the endpoint is on another network, and ambient clients do not cross networks',
  NOT_MTLS: 'the endpoint is on another network and takes no mutual TLS',
  CROSS_NETWORK_WITHOUT_GATEWAY: 'the endpoint’s own address is dialled, and the client’s network does not route there',
  GATEWAY_UNREACHABLE: 'the gateway’s address cannot be reached from where the client is',
  GATEWAY_NOT_FOUND: 'no gateway proxy stands at the gateway’s address',
  GATEWAY_SERVER_MISSING: 'no Gateway object gives the gateway a server that hands mutual TLS on',
  GATEWAY_HOST_NOT_EXPOSED: 'the gateway’s servers do not cover the host',
  GATEWAY_UNKNOWN_SNI: 'the gateway does not know the service by the server name that the client sends',
  GATEWAY_NOT_GLOBAL: 'the gateway between networks takes tunnels for `GLOBAL` services alone, and the service is none there',
  GATEWAY_SUBSET_MISSING: 'the gateway sees no DestinationRule that defines the subset',
  GATEWAY_NO_ENDPOINTS: 'the gateway has no endpoint of the service to hand the call on to',
} as const

/** NETWORK_POLICY. */
const ofNetworkPolicies = {
  NO_NETWORK_POLICY: 'no network policy restricts what the client sends or the server takes',
  NETWORK_POLICY_ALLOWS: 'the network policies that restrict the client or the server let the call through',
  NETWORK_POLICY_NOT_MODELLED: 'policies of another kind restrict the client or the server, and what they allow is not evaluated',
  NETWORK_POLICY_NOT_ENFORCED: 'NetworkPolicies restrict the client or the server, and nothing enforces them there',
  EGRESS_NOT_ALLOWED: 'network policies restrict what the client, or a gateway on the way, sends, and none lets it call there',
  INGRESS_NOT_ALLOWED: 'network policies restrict what the server, or a gateway on the way, takes, and none admits the call',
} as const

/** TRANSPORT. */
const ofTransport = {
  MUTUAL_TLS: 'both sides use Istio mutual TLS',
  PLAINTEXT_ACCEPTED: 'the client sends plaintext and the server takes it',
  OTHER_TLS_PASSED_ON: 'TLS that is not Istio’s reaches whoever ends it at the server',
  TLS_REJECTED: 'the server does not take the transport that the client sends',
  GATEWAY_NOT_LISTENING: 'no server of a Gateway object listens at this port of the gateway',
  PROTOCOL_REJECTED: 'the proxy expects another protocol at the port than the client speaks',
  PROTOCOL_NOT_DETECTED: 'a proxy waits for the client’s first bytes, and the client for the server’s',
} as const

/** TRUST. */
const ofTrust = {
  TRUSTED: 'the certificates of both sides verify',
  NO_CERTIFICATES: 'without mutual TLS no certificate is verified',
  COMMON_ROOT: 'the certificate chain ends at a root that the other side trusts',
  SAME_CONTROL_PLANE: 'one control plane issues both certificates, and no roots are stated',
  NO_COMMON_ROOT: 'the certificate chain ends at no root that the other side trusts',
  ROOTS_UNKNOWN: 'the roots or the signing certificates of a side are neither stated nor in any object',
  CERTIFICATE_EXPIRED: 'the chain ends at a trusted root, but one of its certificates is not valid at the moment asked about',
  CERTIFICATE_UNREADABLE: 'a certificate that decides cannot be read',
  TRUST_DOMAIN_ACCEPTED: 'the trust domain is one that the other side accepts',
  TRUST_DOMAIN_NOT_ACCEPTED: 'the trust domain is not one that the other side accepts',
  TRUST_DOMAIN_NOT_CHECKED: 'the other side does not look at the trust domain',
  NAME_ACCEPTED: 'the identity is one that the other side expects',
  NAME_MISMATCH: 'the identity is not one that the other side expects',
  NAME_NOT_CHECKED: 'the other side does not look at the name',
  SEVERAL_ISSUERS: 'several control planes could have issued the identity, and they differ',
  UNTRUSTED: 'the certificates of the two sides do not verify',
} as const

/** AUTHORIZATION. */
const ofAuthorization = {
  ALLOWED: 'the server’s authorization policies allow the request',
  NO_POLICY: 'no authorization policy of the server decides about the request',
  NOT_ENFORCED: 'nothing at the server enforces authorization policies',
  POLICY_DEPENDS: 'the server’s authorization policies look at something that the question leaves open',
  DENIED: 'an authorization policy of the server denies the request',
  TOKEN_REFUSED: 'a RequestAuthentication of the server refuses the token of the request',
} as const

/** DISTRIBUTION. */
const ofDistribution = {
  SINGLE_ENDPOINT: 'there is one way only, and it takes all traffic',
  EVEN: 'all endpoints share the traffic',
  LOCALITY_FAILOVER: 'the closest endpoints take all traffic, the others stand by',
  DISTRIBUTED: 'locality settings distribute the traffic',
  NOT_DISTRIBUTED: 'locality settings leave the endpoint without traffic',
} as const

export const reasons = {
  ...ofAnswers,
  ...ofNames,
  ...ofScope,
  ...ofRoutes,
  ...ofDiscovery,
  ...ofNetworks,
  ...ofNetworkPolicies,
  ...ofTransport,
  ...ofTrust,
  ...ofAuthorization,
  ...ofDistribution,
} as const

export type ReasonCode = keyof typeof reasons
