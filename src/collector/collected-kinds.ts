/** A kind to be read: its group, what the API calls its objects, and whether they stand in namespaces. */
export interface CollectedKind {
  readonly group: string
  readonly kind: string
  /** The word in paths and in roles. */
  readonly resource: string
  readonly namespaced: boolean
  /** Only these objects, in system namespaces alone: nobody has to hand out more of what may hold secrets. */
  readonly narrow?: 'CONFIG' | 'SECRETS'
  /** That it is there is all that is kept of it. */
  readonly bare?: true
}

type Row = readonly [resource: string, kind: string]

const of = (group: string, namespaced: boolean, rows: readonly Row[]): readonly CollectedKind[] =>
  rows.map(([resource, kind]) => ({ group, kind, resource, namespaced }))

const core = (): readonly CollectedKind[] => [
  ...of('', false, [
    ['namespaces', 'Namespace'],
    ['nodes', 'Node'],
  ]),
  ...of('', true, [
    ['services', 'Service'],
    ['pods', 'Pod'],
    ['replicationcontrollers', 'ReplicationController'],
  ]),
  { group: '', kind: 'ServiceAccount', resource: 'serviceaccounts', namespaced: true, bare: true },
  { group: '', kind: 'ConfigMap', resource: 'configmaps', namespaced: true, narrow: 'CONFIG' },
  { group: '', kind: 'Secret', resource: 'secrets', namespaced: true, narrow: 'SECRETS' },
  ...of('discovery.k8s.io', true, [['endpointslices', 'EndpointSlice']]),
  ...of('admissionregistration.k8s.io', false, [
    ['mutatingwebhookconfigurations', 'MutatingWebhookConfiguration'],
    ['validatingwebhookconfigurations', 'ValidatingWebhookConfiguration'],
  ]),
]

/** ReplicaSets and Jobs only repeat what pods carry: whose they are, their names tell. */
const controllers = (): readonly CollectedKind[] => [
  ...of('apps', true, [
    ['deployments', 'Deployment'],
    ['statefulsets', 'StatefulSet'],
    ['daemonsets', 'DaemonSet'],
  ]),
  ...of('batch', true, [['cronjobs', 'CronJob']]),
  ...of('argoproj.io', true, [['rollouts', 'Rollout']]),
  ...of('apps.openshift.io', true, [['deploymentconfigs', 'DeploymentConfig']]),
]

const istio = (): readonly CollectedKind[] => [
  ...of('networking.istio.io', true, [
    ['virtualservices', 'VirtualService'],
    ['destinationrules', 'DestinationRule'],
    ['serviceentries', 'ServiceEntry'],
    ['workloadentries', 'WorkloadEntry'],
    ['workloadgroups', 'WorkloadGroup'],
    ['sidecars', 'Sidecar'],
    ['gateways', 'Gateway'],
    ['envoyfilters', 'EnvoyFilter'],
    ['proxyconfigs', 'ProxyConfig'],
  ]),
  ...of('security.istio.io', true, [
    ['peerauthentications', 'PeerAuthentication'],
    ['authorizationpolicies', 'AuthorizationPolicy'],
    ['requestauthentications', 'RequestAuthentication'],
  ]),
  ...of('extensions.istio.io', true, [
    ['wasmplugins', 'WasmPlugin'],
    ['trafficextensions', 'TrafficExtension'],
  ]),
  ...of('telemetry.istio.io', true, [['telemetries', 'Telemetry']]),
  ...of('install.istio.io', true, [['istiooperators', 'IstioOperator']]),
  ...of('sailoperator.io', false, [
    ['istios', 'Istio'],
    ['istiorevisions', 'IstioRevision'],
    ['istiorevisiontags', 'IstioRevisionTag'],
  ]),
  ...of('operator.istio.io', false, [['istios', 'Istio']]),
  ...of('maistra.io', true, [['servicemeshcontrolplanes', 'ServiceMeshControlPlane']]),
]

const gatewayApi = (): readonly CollectedKind[] => [
  ...of('gateway.networking.k8s.io', false, [['gatewayclasses', 'GatewayClass']]),
  ...of('gateway.networking.k8s.io', true, [
    ['gateways', 'Gateway'],
    ['listenersets', 'ListenerSet'],
    ['backendtlspolicies', 'BackendTLSPolicy'],
    ['httproutes', 'HTTPRoute'],
    ['grpcroutes', 'GRPCRoute'],
    ['tcproutes', 'TCPRoute'],
    ['tlsroutes', 'TLSRoute'],
    ['referencegrants', 'ReferenceGrant'],
  ]),
  ...['multicluster.x-k8s.io', 'net.gke.io'].flatMap((group) =>
    of(group, true, [
      ['serviceexports', 'ServiceExport'],
      ['serviceimports', 'ServiceImport'],
    ]),
  ),
]

const policies = (): readonly CollectedKind[] => [
  ...of('networking.k8s.io', true, [
    ['networkpolicies', 'NetworkPolicy'],
    ['ingresses', 'Ingress'],
  ]),
  ...of('networking.k8s.io', false, [['ingressclasses', 'IngressClass']]),
  ...of('policy.networking.k8s.io', false, [
    ['adminnetworkpolicies', 'AdminNetworkPolicy'],
    ['baselineadminnetworkpolicies', 'BaselineAdminNetworkPolicy'],
    ['clusternetworkpolicies', 'ClusterNetworkPolicy'],
  ]),
  ...of('cilium.io', true, [['ciliumnetworkpolicies', 'CiliumNetworkPolicy']]),
  ...of('cilium.io', false, [['ciliumclusterwidenetworkpolicies', 'CiliumClusterwideNetworkPolicy']]),
  ...of('crd.projectcalico.org', true, [['networkpolicies', 'NetworkPolicy']]),
  ...of('crd.projectcalico.org', false, [['globalnetworkpolicies', 'GlobalNetworkPolicy']]),
  ...of('crd.antrea.io', true, [['networkpolicies', 'NetworkPolicy']]),
  ...of('crd.antrea.io', false, [['clusternetworkpolicies', 'ClusterNetworkPolicy']]),
]

let known: readonly CollectedKind[] | undefined

/** Every kind that answers rest on; those that a cluster does not serve are not installed there. Made when it is first asked for: most commands collect nothing. */
export const collectedKinds = (): readonly CollectedKind[] =>
  (known ??= [...core(), ...controllers(), ...istio(), ...gatewayApi(), ...policies()])

/** As a document's `unread` writes it: with its group only where several groups have a kind of that name. */
export const writtenKind = ({ group, kind }: CollectedKind): string =>
  group === '' || collectedKinds().filter((other) => other.kind === kind).length < 2 ? kind : `${kind}.${group}`
