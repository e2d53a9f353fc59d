import type { ControlPlane } from './snapshot.js'
import { readTruth } from './flags.js'
import { remembered } from '../remembered.js'

/** When a call meets what a flag changes, told by the case: which calls these are says `analysis/unread/meets-flag.ts`. */
export type Meeting =
  | 'ANY'
  | 'SIDECAR_SCOPE'
  | 'HOST_OF_SEVERAL_NAMESPACES'
  | 'OTHER_CLUSTER'
  | 'EXPORTED_TO_OTHER_CLUSTER'
  | 'HEADLESS_IN_OTHER_CLUSTER'
  | 'HEADLESS_CONNECTION'
  | 'POD_OF_SERVICE_ENTRY'
  | 'ENTRY_OF_SERVICE'
  | 'ENTRY_OF_OTHER_CLUSTER'
  | 'GATEWAY_BY_NAME'
  | 'KUBERNETES_GATEWAY'
  | 'EXTERNAL_RULE'
  | 'SIDECAR_INGRESS'
  | 'AMBIENT'

interface UnreadFlag {
  /** A switch, or a text that is followed, or does nothing, while it has one of these values. */
  readonly usual: boolean | string | readonly string[]
  readonly meets: Meeting
  readonly rules: readonly string[]
}

const flag = (usual: UnreadFlag['usual'], meets: Meeting, ...rules: readonly string[]): UnreadFlag => ({ usual, meets, rules })

/**
 * Switches of istiod that nobody here follows, and that could stop or divert the calls that they concern.
 *
 * Those that are in neither list, here or in `flags.ts`, change how much, how often or how fast, or let more through: no call is
 * stopped or led elsewhere by them. Rule MODEL-13.
 */
export const unreadFlags: Readonly<Record<string, UnreadFlag>> = {
  ISTIO_WATCH_NAMESPACE: flag('', 'ANY', 'MODEL-13'),
  PILOT_IGNORE_RESOURCES: flag('', 'ANY', 'MODEL-13'),
  PILOT_UNIFIED_SIDECAR_SCOPE: flag(true, 'SIDECAR_SCOPE', 'MODEL-13'),
  PILOT_SIDECAR_PICK_BEST_SERVICE_NAMESPACE: flag(true, 'HOST_OF_SEVERAL_NAMESPACES', 'VIS-11'),
  PILOT_MULTICLUSTER_KUBECONFIG_PATH: flag('', 'OTHER_CLUSTER', 'MODEL-13'),
  MCS_API_GROUP: flag(['multicluster.x-k8s.io', 'net.gke.io'], 'EXPORTED_TO_OTHER_CLUSTER', 'MCS-1'),
  ENABLE_MULTICLUSTER_HEADLESS: flag(true, 'HEADLESS_IN_OTHER_CLUSTER', 'DNS-12'),
  PILOT_ENABLE_HEADLESS_FILTER_CHAIN_LISTENER: flag(false, 'HEADLESS_CONNECTION', 'MODEL-13'),
  PILOT_ENABLE_SERVICEENTRY_SELECT_PODS: flag(true, 'POD_OF_SERVICE_ENTRY', 'EDS-19'),
  PILOT_ENABLE_K8S_SELECT_WORKLOAD_ENTRIES: flag(true, 'ENTRY_OF_SERVICE', 'EDS-12'),
  PILOT_ENABLE_CROSS_CLUSTER_WORKLOAD_ENTRY: flag(true, 'ENTRY_OF_OTHER_CLUSTER', 'EDS-12'),
  RESOLVE_HOSTNAME_GATEWAYS: flag(true, 'GATEWAY_BY_NAME', 'NET-7'),
  PILOT_MULTI_NETWORK_DISCOVER_GATEWAY_API: flag(true, 'KUBERNETES_GATEWAY', 'NET-7'),
  ENABLE_GATEWAY_API_INFERENCE_EXTENSION: flag(false, 'KUBERNETES_GATEWAY', 'GWAPI-50'),
  PILOT_ENABLE_AGENTGATEWAY: flag(false, 'KUBERNETES_GATEWAY', 'GWAPI-7'),
  ENABLE_SELECTOR_BASED_K8S_GATEWAY_POLICY: flag(true, 'KUBERNETES_GATEWAY', 'AUTHZ-4'),
  PREFER_DESTINATIONRULE_TLS_FOR_EXTERNAL_SERVICES: flag(true, 'EXTERNAL_RULE', 'MODEL-13'),
  ENABLE_TLS_ON_SIDECAR_INGRESS: flag(false, 'SIDECAR_INGRESS', 'TLS-14'),
  PILOT_ENABLE_AMBIENT_WAYPOINTS: flag(true, 'AMBIENT', 'AMB-3'),
  PILOT_ENABLE_SENDING_HBONE: flag(true, 'AMBIENT', 'AMB-30'),
  PILOT_PREFER_SENDING_HBONE: flag(false, 'AMBIENT', 'AMB-30'),
  PILOT_AUTO_ALLOW_WAYPOINT_POLICY: flag(false, 'AMBIENT', 'AMB-39'),
  ENABLE_LAYERED_WAYPOINT_AUTHORIZATION_POLICIES: flag(false, 'AMBIENT', 'AMB-3'),
}

const isUsual = ({ usual }: UnreadFlag, value: boolean | string): boolean =>
  typeof usual === 'object' ? usual.some((one) => one === value) : value === usual

/** Those that a control plane runs with, other than usual. */
export const unreadFlagsOf = remembered(({ flags }: Pick<ControlPlane, 'flags'>): readonly (readonly [string, UnreadFlag])[] =>
  Object.keys(flags).flatMap((name) => {
    const known = Object.hasOwn(unreadFlags, name) ? unreadFlags[name] : undefined
    if (known === undefined) return []
    const stated = flags[name] ?? ''
    const value = typeof known.usual === 'boolean' ? (readTruth(stated) ?? known.usual) : stated === '' ? '' : stated
    return isUsual(known, value) || value === '' ? [] : [[name, known] as const]
  }),
)
