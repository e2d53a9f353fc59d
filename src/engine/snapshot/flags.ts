import { allocatesAddresses, mergesGatewaysStrictly, sendsUnreadyEndpoints, verifiesAtClient } from './releases.js'
import type { ControlPlane } from './snapshot.js'

interface Flag {
  /** What counts where nobody states the flag. */
  readonly usual: (controlPlane: Pick<ControlPlane, 'version'>) => boolean
  /** The rules that it switches. */
  readonly rules: readonly string[]
}

const on = (...rules: readonly string[]): Flag => ({ usual: () => true, rules })
const off = (...rules: readonly string[]): Flag => ({ usual: () => false, rules })

/** Switches of istiod, environment variables, that answers follow. Rule MODEL-13. */
export const flags = {
  ENABLE_GATEWAY_API_MANUAL_DEPLOYMENT: on('GWAPI-10'),
  ENABLE_ENHANCED_DESTINATIONRULE_MERGE: on('ROUTE-23'),
  EXTERNAL_ISTIOD: off('TOPO-2'),
  ISTIO_MULTIROOT_MESH: off('TRUST-9'),
  LOCAL_CLUSTER_SECRET_WATCHER: off('MODEL-22'),
  PILOT_AUTO_SEND_UNHEALTHY_ENDPOINTS: { usual: sendsUnreadyEndpoints, rules: ['EDS-9'] },
  PILOT_ENABLE_AMBIENT: off('AMB-3', 'TLS-17'),
  PILOT_ENABLE_SIDECAR_LISTENING_HBONE: on('AMB-31'),
  AMBIENT_ENABLE_MULTI_NETWORK: off('NET-42', 'NET-45', 'AMB-60'),
  AMBIENT_ENABLE_MULTI_NETWORK_INGRESS: off('AMB-70'),
  AMBIENT_ENABLE_MULTI_NETWORK_WAYPOINT: on('AMB-70'),
  ENABLE_INGRESS_WAYPOINT_ROUTING: on('AMB-44'),
  ENABLE_WILDCARD_HOST_SERVICE_ENTRIES_FOR_TLS: off('AMB-17'),
  ENABLE_MCS_AUTO_EXPORT: off('MCS-11'),
  ENABLE_MCS_CLUSTER_LOCAL: off('MCS-1', 'MCS-4'),
  ENABLE_MCS_HOST: off('MCS-1', 'MCS-6'),
  ENABLE_MCS_SERVICE_DISCOVERY: off('VIS-38', 'MCS-4'),
  PILOT_ENABLE_ALPHA_GATEWAY_API: off('GWAPI-2'),
  PILOT_ENABLE_EDS_FOR_HEADLESS_SERVICES: off('EDS-14'),
  PILOT_ENABLE_GATEWAY_API: on('GWAPI-1'),
  PILOT_ENABLE_GATEWAY_API_COPY_LABELS_ANNOTATIONS: on('GWAPI-13'),
  PILOT_ENABLE_GATEWAY_API_DEPLOYMENT_CONTROLLER: on('GWAPI-1'),
  PILOT_ENABLE_IP_AUTOALLOCATE: { usual: allocatesAddresses, rules: ['DNS-15'] },
  PILOT_ENABLE_MULTIPLE_CUSTOM_AUTHZ_PROVIDERS: off('AUTHZ-30', 'AUTHZ-32'),
  PILOT_ENABLE_STRICT_GATEWAY_MERGING: { usual: mergesGatewaysStrictly, rules: ['GWAPI-17'] },
  PILOT_SCOPE_GATEWAY_TO_NAMESPACE: off('NET-30'),
  PILOT_SEND_UNHEALTHY_ENDPOINTS: off('EDS-9'),
  PILOT_SKIP_VALIDATE_TRUST_DOMAIN: off('TLS-20'),
  VERIFY_CERTIFICATE_AT_CLIENT: { usual: verifiesAtClient, rules: ['TLS-5'] },
} as const satisfies Readonly<Record<string, Flag>>

type Flagged = Pick<ControlPlane, 'flags' | 'version'>

// What Go takes for a truth value; anything else is as if it were not stated.
const truths: ReadonlyMap<string, boolean> = new Map([
  ...['1', 't', 'T', 'TRUE', 'true', 'True'].map((text) => [text, true] as const),
  ...['0', 'f', 'F', 'FALSE', 'false', 'False'].map((text) => [text, false] as const),
])

/** Undefined for what Go takes for no truth value. */
export const readTruth = (text: string): boolean | undefined => truths.get(text)

/** Of a control plane whose release is not looked at yet: one that somebody turned on. */
export const isToldOn = ({ flags: stated }: Pick<ControlPlane, 'flags'>, name: keyof typeof flags): boolean =>
  readTruth(stated[name] ?? '') === true

export const isOn = (controlPlane: Flagged, name: keyof typeof flags): boolean => {
  const stated = controlPlane.flags[name]
  return (stated === undefined ? undefined : readTruth(stated)) ?? flags[name].usual(controlPlane)
}

/** Environment variables whose text counts. */
type TextFlag =
  /** The class of Gateways that istiod serves without a GatewayClass object, and the controller of those that have one (GWAPI-7). */
  | 'PILOT_GATEWAY_API_DEFAULT_GATEWAYCLASS_NAME'
  | 'PILOT_GATEWAY_API_CONTROLLER_NAME'
  /** API group and version of the objects of Multi-Cluster Services (MCS-1). */
  | 'MCS_API_GROUP'
  | 'MCS_API_VERSION'
  /** The revision that istiod takes itself for; really empty, it reads the objects of all revisions (MODEL-18). */
  | 'REVISION'
  /** Name of a ConfigMap whose mesh configuration lies under the own one (MODEL-3). */
  | 'SHARED_MESH_CONFIG'

export const textOf = ({ flags: stated }: Pick<ControlPlane, 'flags'>, name: TextFlag): string | undefined => stated[name]

/** Ambient mode across networks: its own flag does nothing without that of ambient mode (NET-42). */
export const crossesNetworksInAmbient = (controlPlane: Flagged): boolean =>
  isOn(controlPlane, 'PILOT_ENABLE_AMBIENT') && isOn(controlPlane, 'AMBIENT_ENABLE_MULTI_NETWORK')
