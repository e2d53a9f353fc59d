import type { Version } from './snapshot.js'

/**
 * What a control plane does or does not do by its release: every switch by version, the oldest first.
 *
 * A release that nobody states counts as the newest one here knows, one without a patch as the newest patch of its minor release. What
 * a proxy of its own image does is asked of that image's release instead, where it is known.
 */
interface Released {
  readonly version: Version
}

type Switch = (released: Released) => boolean
type Release = `${number}.${number}` | `${number}.${number}.${number}`

/**
 * From these releases on: one of each branch that got the change, the first minor release that has it from its beginning last. A branch
 * between that is not named never got it.
 */
function since(...releases: readonly [...branches: Release[], first: Release]): Switch {
  const branches = releases.map(numbersOf)
  return ({ version: { parsed } }) => branches.some((branch, at) => isOf(parsed, branch, at === branches.length - 1))
}

function before(...releases: Parameters<typeof since>): Switch {
  const is = since(...releases)
  return (released) => !is(released)
}

type Numbers = readonly [major: number, minor: number, patch: number]

const numbersOf = (release: Release): Numbers => {
  const [major = 0, minor = 0, patch = 0] = release.split('.').map(Number)
  return [major, minor, patch]
}

/** At this release of the same branch or after it, and of the first minor release that has the change: in any later one. */
function isOf([major, minor, patch]: Numbers, branch: Numbers, first: boolean): boolean {
  const later = major > branch[0] || (major === branch[0] && minor > branch[1])
  return later ? first : major === branch[0] && minor === branch[1] && patch >= branch[2]
}

/** An absent network view means every network; in 1.2 it meant the unnamed one alone (DNS-31). */
export const takesAbsentViewAsAll: Switch = since('1.3')

/** Gateways hand on to endpoints that are labelled as taking mutual TLS; before there was neither the label nor the filter (NET-32). */
export const filtersByTlsLabel: Switch = since('1.3')

/** Traffic rules of a pod hand the proxy nothing that goes by the loopback device; before, everything but 127.0.0.1 (ROUTE-33). */
export const sparesLoopback: Switch = since('1.4')

/**
 * Networks are known by label. Before, a network was named by meshNetworks or by the proxy's own metadata alone, so what the
 * document states of a cluster is only where packets go (DNS-30, DNS-31).
 */
export const labelsNetworks: Switch = since('1.8')

/** There was a profile for gateways between control planes, with objects and a rule of mutual TLS for hosts under `global` (DNS-30). */
export const shipsGlobalHosts: Switch = before('1.8')

/** Networking objects are served as `v1beta1`. */
export const servesNetworkingBeta: Switch = since('1.8')

/** TLS that a DestinationRule originates without authorities of its own is verified against those of the proxy's image (TLS-5). */
export const verifiesAtClient: Switch = since('1.21')

/** An ExternalName is another name of the service that it leads to; before, proxies listened for it by itself (EDS-13). */
export const followsExternalNames: Switch = since('1.21')

/** All of Istio's objects are served as `v1`. */
export const servesV1: Switch = since('1.22')

/** A `false` of `serviceSettings` takes a host out of a wildcard's `true` (VIS-33). */
export const excludesFromClusterLocal: Switch = since('1.24')

/** DestinationRules of one host are merged only where their exportTo agree (ROUTE-23). */
export const comparesRuleExports: Switch = since('1.24')

/** A proxy that cannot fetch the code of an extension denies calls, unless that is to fail open; before, it kept what it had (EXT-10). */
export const deniesFailedWasm: Switch = since('1.25')

/** Addresses of ServiceEntries are allocated by the control plane, and for every proxy (DNS-15). */
export const allocatesAddresses: Switch = since('1.25')

/** ztunnel answers DNS questions of captured pods (AMB-20). */
export const answersAtZtunnel: Switch = since('1.25')

/** A namespace may say that gateways use the waypoints of its Services (AMB-44). */
export const readsIngressWaypointOfNamespace: Switch = since('1.25')

/** There is a flag for ambient mode across networks, which does nothing that is written down yet (AMB-60). */
export const hasFlagOfAmbientNetworks: Switch = since('1.25')

/** Ambient mode may span networks, by the scope of services (AMB-60, NET-40). */
export const spansAmbientNetworks: Switch = since('1.27')

/** Waypoints cross networks in tunnels, and proxies are told of services by their scope (AMB-70, NET-45). */
export const tunnelsFromWaypoints: Switch = since('1.28')

/** Gateways may cross networks in tunnels, by a flag of their own (AMB-70). */
export const tunnelsFromGateways: Switch = since('1.29')

/** Policies may name service accounts, for ztunnel too (AMB-38). */
export const matchesServiceAccounts: Switch = since('1.25')

/** References of EnvoyFilters are looked at; before, such a filter was for every proxy (EXT-1). */
export const readsFilterTargets: Switch = since('1.27')

/** Proxies of remote clusters expect the trust domain of their own cluster's mesh configuration (TLS-20). */
export const readsRemoteTrustDomains: Switch = since('1.29')

/** Gateways are chosen by the proxy's IP family, and a proxy without a network goes through gateways as well (NET-11, NET-13). */
export const choosesGatewaysByProxy: Switch = since('1.30')

/** TrafficExtensions are read (EXT-9). */
export const readsTrafficExtensions: Switch = since('1.30')

/** A waypoint puts all routes of a host together; before, it took the first (AMB-49). */
export const joinsRoutesAtWaypoints: Switch = since('1.29')

/** The CNI agent leaves out the namespaces that its chart excludes (AMB-1). */
export const honoursExcludedNamespaces: Switch = since('1.30')

/** Names of external authorization providers must be DNS labels (AUTHZ-30). */
export const checksProviderNames: Switch = since('1.30')

/** CUSTOM policies that only run dry are sent to proxies as well (AUTHZ-31). */
export const runsCustomDry: Switch = since('1.30')

/** MeshConfig may narrow who sees a ServiceEntry (AMB-18). */
export const narrowsEntries: Switch = since('1.31')

/** ServiceEntries of names that are resolved as they are called are served by waypoints (AMB-17). */
export const resolvesAtWaypoints: Switch = since('1.28')

/** The same for TLS, by a flag (AMB-17). */
export const resolvesServerNamesAtWaypoints: Switch = since('1.29')

/** Sidecars resolve the names of a wildcard ServiceEntry as they are called (EDS-17). */
export const resolvesAtSidecars: Switch = since('1.30')

/** A Sidecar's hosts may exclude, by a leading `~` (VIS-18). */
export const excludesInSidecars: Switch = since('1.31')

/** Certificates of a Gateway that istiod deploys are for its own service account alone (GWAPI-23). */
export const checksAccountOfCertificates: Switch = since('1.26.5', '1.27.2', '1.28')

/** BackendTLSPolicies count without the flag for what is not stable (GWAPI-69). */
export const readsBackendPolicies: Switch = since('1.28')

/** Gateways of the Gateway API may check certificates of clients (GWAPI-22). */
export const checksFrontendCertificates: Switch = since('1.28')

/** Policies look at each entry of a header; before, at all of them as one, with commas between (AUTHZ-22). */
export const looksAtEntries: Switch = since('1.27.8', '1.28.5', '1.29.1', '1.30')

/** Server names of TLSRoutes are cut down to what the listener has; before, all of the route's matched (GWAPI-33). */
export const cutsServerNames: Switch = since('1.27.9', '1.28.6', '1.29.2', '1.30')

/** Every control plane translates every Gateway of its class; before, only the one whose revision it has (GWAPI-5). */
export const translatesAllGateways: Switch = since('1.29.5', '1.30.2', '1.31')

/** TLSRoutes and ListenerSets count without the flag for what is not stable (GWAPI-25, GWAPI-28). */
export const readsTlsRoutes: Switch = since('1.30')

/** HTTPRoutes and GRPCRoutes of one host are merged; before, they were two VirtualServices (GWAPI-39). */
export const mergesRouteKinds: Switch = since('1.30')

/** A rule of an HTTPRoute without any backend answers 404, and not 500 (GWAPI-48). */
export const answersNotFound: Switch = (controlPlane) => since('1.30')(controlPlane) && !since('1.31')(controlPlane)

/** TCPRoutes count without the flag for what is not stable (GWAPI-2). */
export const readsTcpRoutes: Switch = since('1.31')

/** The annotation `istio.io/ignore-policy-attachment` takes a BackendTLSPolicy out (GWAPI-69). */
export const ignoresPolicyAttachment: Switch = since('1.30.1', '1.31')

/** A DestinationRule of the service's namespace counts before a BackendTLSPolicy; before, it lost its policy to that (GWAPI-69). */
export const prefersRuleToPolicy: Switch = since('1.31')

/** Pods of a Gateway that istiod deploys take Istio's own Gateways of its namespace only (GWAPI-17). */
export const mergesGatewaysStrictly: Switch = since('1.31')

/** Clients without a good certificate may be let in, by `AllowInsecureFallback` (GWAPI-22). */
export const fallsBackInsecurely: Switch = since('1.31')

/** A Service whose waypoint is another controller's is no parent for routes (GWAPI-35). */
export const leavesForeignWaypoints: Switch = since('1.29.7', '1.30.4', '1.31')

/** Of listeners of one Gateway that have one port and hostname the later is dropped, and is no parent for routes (GWAPI-26). */
export const dropsTwinListeners: Switch = since('1.30.4', '1.31')

/** Endpoints that are not ready are handed out, and get no traffic while they are not (EDS-9). */
export const sendsUnreadyEndpoints: Switch = since('1.31')

/** A second waypoint may get a share of the calls (AMB-46). */
export const sharesOutWaypoints: Switch = since('1.31')

/** Sources of AuthorizationPolicies may name trust domains (AUTHZ-15). */
export const matchesTrustDomains: Switch = since('1.31')
