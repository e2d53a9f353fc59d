import type { Meeting } from '#engine/snapshot/unread-flags'

/** Something that is not followed: where a call meets it, what the answer is, and why it is left. */
export interface Unfollowed {
  readonly what: string
  readonly answer: string
  readonly why: string
  /** The files that say so in an answer. */
  readonly files: readonly string[]
}

const open = '`UNDETERMINED`, reason `NOT_FOLLOWED`'

/** Everything but flags; a test holds it to what the sources say. */
export const unfollowed: readonly Unfollowed[] = [
  {
    what: 'An EnvoyFilter, WasmPlugin or TrafficExtension that can stop, answer or lead away the call',
    answer: `${open}: names the object and the patch, and says what the answer would be without it. What changes no call is silent; of a call that is stopped anyway the object is an assumption, \`ENVOY_FILTER_NOT_MODELLED\``,
    why: 'what a filter does is code, and no configuration tells it',
    files: ['analysis/unread/find-unread.ts'],
  },
  {
    what: 'A policy of Cilium, Calico or Antrea that selects the client or the server',
    answer: '`UNDETERMINED`, reason `NETWORK_POLICY_NOT_MODELLED`: names the policy. It may also let through what NetworkPolicies refuse',
    why: 'each has an order, tiers and peers of its own, and those who write it say what they mean; whom it selects is read all the same',
    files: [
      'analysis/network-policy/judge-end.ts',
      'analysis/network-policy/judge-network-policy.ts',
      'analysis/network-policy/judge-name-lookup.ts',
    ],
  },
  {
    what: 'A Gateway of a class that Istio does not serve, its agentgateway included',
    answer: `${open}, where it takes the host that is called from outside`,
    why: 'another program reads it, by rules of its own',
    files: ['analysis/entrance/gateway-listening.ts'],
  },
  {
    what: 'A backend of kind InferencePool or XBackend, where its flag is on',
    answer: open,
    why: 'an endpoint picker of its own chooses the server at run time, and the kinds are experimental',
    files: ['snapshot/control-planes/derived/gateway-api/destination-of.ts'],
  },
  {
    what: 'A waypoint of another class than `istio-waypoint`, or one that hands on to a gateway in its pods (`ambient.istio.io/waypoint-inbound-binding`)',
    answer: open.replace('NOT_FOLLOWED', 'INPUT_MISSING'),
    why: 'what such a gateway makes of the call is its own configuration, of which Istio sees the way in alone',
    files: ['analysis/waypoint/discover-waypoint.ts'],
  },
  {
    what: 'A waypoint for workloads in front of pods of a Service, where ztunnel is started for another network than its pods are on (`NETWORK`)',
    answer: open.replace('NOT_FOLLOWED', 'INPUT_MISSING'),
    why: 'ztunnel does not recognise the Service then, and which waypoint it goes by depends on the pod that it chooses',
    files: ['analysis/route/route-by-ztunnel.ts'],
  },
  {
    what: 'Ambient mode across clusters (`AMBIENT_ENABLE_MULTI_NETWORK`) in releases that have the flag and not what it does: before 1.27, and for sidecars before 1.28',
    answer: '`UNDETERMINED` for clients in ambient mode; for others the assumption `FLAG_NOT_MODELLED`',
    why: 'nothing says what it did then',
    files: ['analysis/discovery/discover-endpoints.ts'],
  },
  {
    what: '`serviceEntryVisibility` of MeshConfig',
    answer: 'the assumption `SERVICE_ENTRY_VISIBILITY_NOT_MODELLED`',
    why: 'it is new in 1.31 and narrows what `exportTo` says',
    files: ['snapshot/control-planes/plane-configuration.ts'],
  },
  {
    what: 'A gateway between networks that could hand a call on to a third network',
    answer: 'the assumption `GATEWAY_EXTRA_HOP_NOT_FOLLOWED`: the endpoints of its own network count, to which it sends most',
    why: 'Istio advises against it, as such calls may go in circles',
    files: ['analysis/network/passage/look-behind.ts'],
  },
  {
    what: 'Servers of gRPC without a proxy',
    answer: 'the assumption `PROXYLESS_NOT_MODELLED`: the main rules of mutual TLS and of policies are applied',
    why: 'each language has its own part of what Istio sends',
    files: ['analysis/transport/negotiate-transport.ts'],
  },
]

/** Which calls a flag concerns, as the page says it. */
export const meetings: Readonly<Record<Meeting, string>> = {
  ANY: 'every call',
  SIDECAR_SCOPE: 'calls of workloads that a Sidecar selects',
  HOST_OF_SEVERAL_NAMESPACES: 'calls to a host that several namespaces have',
  OTHER_CLUSTER: 'calls to a server in another cluster',
  EXPORTED_TO_OTHER_CLUSTER: 'calls to a server in another cluster, where exports decide',
  HEADLESS_IN_OTHER_CLUSTER: 'calls to a headless Service of another cluster, by a proxy that answers names',
  HEADLESS_CONNECTION: 'connections to a headless Service at a port that is not HTTP',
  POD_OF_SERVICE_ENTRY: 'calls to a pod that a ServiceEntry selects',
  ENTRY_OF_SERVICE: 'calls to a WorkloadEntry that a Service selects',
  ENTRY_OF_OTHER_CLUSTER: 'calls to a WorkloadEntry of another cluster',
  GATEWAY_BY_NAME: 'calls through a gateway that is known by a host name',
  KUBERNETES_GATEWAY: 'calls to or through a Gateway of the Gateway API',
  EXTERNAL_RULE: 'calls to the outside whose DestinationRule says something of TLS',
  SIDECAR_INGRESS: 'calls to a port that a Sidecar’s `ingress` names',
  AMBIENT: 'calls from or to a pod in ambient mode',
}
