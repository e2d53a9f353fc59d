/**
 * The register of assumption codes: what an answer took for granted, by what it was about.
 *
 * Codes are part of the contract: they are added, never changed or removed. What could stop or divert a call is no assumption: such a
 * call is left open (reason NOT_FOLLOWED).
 */
const ofFacts = {
  CONTROL_PLANE_ASSUMED: 'nothing says which control plane manages the cluster',
  CONFIG_CLUSTER_ASSUMED: 'nothing says from which cluster the control plane reads its configuration',
  NO_MESH_ASSUMED: 'nothing in the cluster speaks of a mesh',
  VERSION_ASSUMED: 'nothing says which release the control plane is of',
  INJECTION_ASSUMED: 'pods that are not shown are taken to have the proxies that injection would give them',
  ISTIOD_REACH_ASSUMED: 'proxies of another cluster are taken to reach their control plane',
  ROOT_CERTIFICATE_ASSUMED: 'proxies of another cluster are taken to have the root certificate of their control plane',
  MESH_CONFIG_UNREADABLE: 'part of the mesh configuration cannot be read, and defaults count instead',
  KIND_NOT_READ: 'objects of a kind could not be read, and the list is of those that could',
  NETWORK_ASSUMED_FLAT: 'clusters that name no network are taken to share one',
  REMOTE_SECRET_ASSUMED: 'a control plane is taken to read the cluster whose proxies it manages',
  FEDERATION_STATED: 'what a stated federation exports is taken to be there',
} as const

const ofCallers = {
  SOURCE_HYPOTHETICAL: 'the caller is not in the topology, and is taken to be as asked',
  IDENTITY_ASSUMED_ISSUED: 'a certificate of that identity is taken to be issued',
  IDENTITY_HYPOTHETICAL: 'no workload has that identity',
} as const

const ofNames = {
  API_SERVER_ASSUMED: 'the API server of the cluster is taken to be where it is in every cluster',
  DNS_PODS_ASSUMED: 'the pods of the cluster’s DNS are taken to be the usual ones',
  GATEWAY_NAME_ASSUMED: 'DNS outside is taken to lead the name to the gateways that take it',
  EXTERNAL_NAME_ASSUMED_RESOLVABLE: 'DNS outside of the topology is taken to know the name',
  CLUSTERSET_ASSUMED: 'an implementation of Multi-Cluster Services is taken to serve the names and addresses of imports',
  NODE_LOCAL_DNS_ASSUMED: 'a DNS cache of each node is taken to be asked',
} as const

const ofScopeAndRoutes = {
  NAMESPACE_ASSUMED_SELECTED: 'a namespace that is not given is taken to be one that the control plane reads',
  GATEWAY_HOST_AMBIGUOUS: 'several records of one host contend, and the order of events decides',
  SERVICE_SCOPES_ASSUMED: 'services are taken to be one across networks by the rule that the profile of ambient mode ships',
  WAYPOINT_ASSUMED: 'the pods of a waypoint are taken to be deployed as its Gateway asks for',
  AMBIENT_ASSUMED: 'a control plane is taken to run with ambient mode, which namespaces or pods ask for',
  PROXYLESS_AS_SIDECAR: 'a proxyless client is scoped like a sidecar',
  ENVOY_FILTER_NOT_MODELLED: 'an EnvoyFilter changes a proxy in ways that are not followed',
  SERVICE_ENTRY_VISIBILITY_NOT_MODELLED: 'a setting of the visibility of ServiceEntries is not followed',
  EXTERNAL_ADDRESS_ASSUMED: 'DNS outside of the cluster is taken to answer with the address that the proxy listens on',
  PROTOCOL_ASSUMED: 'the port declares no protocol, and one is assumed',
} as const

const ofEndpoints = {
  POD_ADDRESSES_UNKNOWN: 'no pod of a workload has an address, and calls past every service are not asked about',
  ENDPOINTS_SYNTHESISED: 'endpoints are worked out from selectors and templates',
  REMOTE_SECRETS_UNKNOWN: 'it is not given which clusters the control plane reads',
  FLAG_NOT_MODELLED: 'a flag of the control plane is not followed',
  UNEXPORTED_ENDPOINTS_LEFT_OUT: 'endpoints of other clusters are left out, as nothing exports them',
} as const

const ofNetworks = {
  EXTERNAL_HOST_NOT_CHECKED: 'a host outside of the topology is taken to answer',
  GATEWAY_ADDRESS_ASSUMED: 'a gateway whose address is not given is taken to have one',
  GATEWAY_ADDRESS_BY_NAME: 'the name that is a gateway’s address is taken to resolve',
  GATEWAY_WORKLOAD_ASSUMED: 'pods that are not given are taken to stand behind the gateway',
  GATEWAY_EXTRA_HOP_NOT_FOLLOWED: 'a gateway could hand on to another one, which is not followed',
  NETWORK_ASSUMED_ROUTABLE: 'clusters of which one states no network are taken to reach each other',
  SHIPPED_GATEWAY_ASSUMED: 'what an old release shipped for its gateways is taken to be installed',
  FEDERATION_EXPORT_ASSUMED: 'a gateway is taken to know what a stated federation exports',
  NETWORK_POLICY_ENFORCED_ASSUMED: 'the cluster’s network plugin is taken to enforce NetworkPolicies',
  ADMIN_NETWORK_POLICY_ENFORCED_ASSUMED: 'the cluster’s network plugin is taken to enforce policies of administrators',
  NETWORK_POLICY_APIS_TOGETHER_ASSUMED: 'policies of both versions of an API are taken to be enforced together',
  NO_CLUSTER_MESH_ASSUMED: 'pods of other clusters are taken to be addresses to network policies',
  NO_MASQUERADING_ASSUMED: 'pods of other clusters are taken to be seen by their own addresses',
  IP_BLOCK_COVERS_PODS_ASSUMED: 'an address block of a policy is taken to cover pods too',
  SERVICE_ADDRESS_TRANSLATED_ASSUMED: 'a Service’s address is taken to be replaced before policies look',
  NODE_TRAFFIC_ALLOWED_ASSUMED: 'traffic between a pod and its own node is taken to pass',
  PROXY_CONFIGURATION_KEPT_ASSUMED:
    'a proxy that network policies keep from its control plane is taken to have its configuration from before',
} as const

const ofTransportAndTrust = {
  OUTSIDE_PROXY_HEADER_ASSUMED: 'a server outside of the topology is taken to read the header of the PROXY protocol',
  OUTSIDE_TLS_ASSUMED: 'a server outside of the topology is taken to take what is sent',
  PROXYLESS_NOT_MODELLED: 'only the main rules of proxyless servers are applied',
  GATEWAY_CERTIFICATE_ASSUMED: 'a certificate that is not given is taken to be where the gateway looks for it',
  COMMON_ROOT_STATED: 'the document states that all control planes of the mesh chain to one root',
  CERTIFICATES_ASSUMED: 'certificates from outside of the mesh are taken to verify',
  ROOTS_ASSUMED: 'no roots are stated, and proxies are taken to trust their own control plane',
  FEDERATION_APPLIED: 'a stated federation makes one mesh trust another',
  TRUST_BUNDLE_REJECTED: 'certificates that the control plane cannot take are left out',
  REMOTE_TRUST_DOMAIN_ASSUMED: 'the trust domain of a remote cluster is taken from what is known of it',
  NO_PUBLIC_CERTIFICATE_ASSUMED: 'an application of the cluster is taken to have no certificate of a public authority',
  TOKEN_SIGNATURE_ASSUMED: 'the signature of a token is taken to verify',
} as const

export const assumptions = {
  ...ofFacts,
  ...ofCallers,
  ...ofNames,
  ...ofScopeAndRoutes,
  ...ofEndpoints,
  ...ofNetworks,
  ...ofTransportAndTrust,
} as const

export type AssumptionCode = keyof typeof assumptions
