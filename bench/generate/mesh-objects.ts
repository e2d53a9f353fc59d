import type { KubernetesObject } from './kubernetes-object.js'
import { nodeNameOf } from './node-objects.js'
import type { Plan, PlannedCluster } from './plan.js'
import { podObject } from './pod-object.js'

const system = 'istio-system'
const gateway = 'istio-eastwestgateway'
const crossNetworkPort = 15443

const inAmbient = { 'istio.io/dataplane-mode': 'ambient', 'istio.io/use-waypoint': 'waypoint' }

const namespaceObjects = ({ namespaces }: Plan, cluster: PlannedCluster): readonly KubernetesObject[] => [
  { apiVersion: 'v1', kind: 'Namespace', metadata: { labels: { 'topology.istio.io/network': cluster.network }, name: system } },
  ...namespaces.map(({ name, injected, ambient }) => ({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      labels: { 'kubernetes.io/metadata.name': name, ...(injected ? { 'istio-injection': 'enabled' } : {}), ...(ambient ? inAmbient : {}) },
      name,
    },
  })),
]

const meshConfig = (cluster: PlannedCluster): KubernetesObject => ({
  apiVersion: 'v1',
  data: {
    mesh: [
      'defaultConfig:',
      '  discoveryAddress: istiod.istio-system.svc:15012',
      '  meshId: mesh1',
      '  proxyMetadata:',
      '    ISTIO_META_DNS_CAPTURE: "true"',
      'rootNamespace: istio-system',
      'trustDomain: cluster.local',
      '',
    ].join('\n'),
    meshNetworks: 'networks: {}\n',
  },
  kind: 'ConfigMap',
  metadata: { labels: { 'istio.io/rev': 'default', 'topology.istio.io/network': cluster.network }, name: 'istio', namespace: system },
})

const podsOf = (cluster: PlannedCluster, owner: string, count: number, labels: Readonly<Record<string, string>>, port: number) =>
  Array.from({ length: count }, (_, index) => {
    const node = (index * 11) % 3
    return podObject({
      cluster: cluster.name,
      network: cluster.network,
      namespace: system,
      owner,
      index,
      labels,
      serviceAccount: owner,
      ip: `10.${10 + cluster.position}.${owner === gateway ? 254 : 253}.${1 + index}`,
      hostIp: `172.${16 + cluster.position}.0.${1 + node}`,
      nodeName: nodeNameOf(cluster, node),
      port,
      injected: false,
    })
  })

/** The endpoints behind one of the mesh's own Services. */
const sliceOf = (
  cluster: PlannedCluster,
  service: string,
  pods: readonly KubernetesObject[],
  ports: readonly object[],
): KubernetesObject => ({
  addressType: 'IPv4',
  apiVersion: 'discovery.k8s.io/v1',
  endpoints: pods.map((pod) => ({
    addresses: [(pod['status'] as { readonly podIP: string }).podIP],
    conditions: { ready: true, serving: true, terminating: false },
    nodeName: nodeNameOf(cluster, 0),
    targetRef: { kind: 'Pod', name: pod.metadata.name, namespace: system },
  })),
  kind: 'EndpointSlice',
  metadata: { labels: { 'kubernetes.io/service-name': service }, name: `${service}-1`, namespace: system },
  ports,
})

/** Where other networks come in: its pods are proxies, its Service shows the address outside. */
function gatewayObjects(cluster: PlannedCluster): readonly KubernetesObject[] {
  const labels = { app: gateway, istio: 'eastwestgateway', 'topology.istio.io/network': cluster.network }
  const env = [{ name: 'ISTIO_META_REQUESTED_NETWORK_VIEW', value: cluster.network }]
  const container = { env, image: 'docker.io/istio/proxyv2:1.30.2', name: 'istio-proxy', ports: [{ containerPort: crossNetworkPort }] }
  const pods = podsOf(cluster, gateway, 2, labels, crossNetworkPort).map((pod) => ({
    ...pod,
    spec: { ...(pod['spec'] as object), containers: [container] },
  }))
  const template = { metadata: { labels }, spec: { containers: [container], serviceAccountName: gateway } }
  return [
    ...pods,
    sliceOf(cluster, gateway, pods, [{ name: 'tls', port: crossNetworkPort, protocol: 'TCP' }]),
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { labels, name: gateway, namespace: system },
      spec: { replicas: 2, selector: { matchLabels: labels }, template },
    },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { labels, name: gateway, namespace: system },
      spec: {
        clusterIP: `10.${100 + cluster.position}.254.1`,
        ports: [{ name: 'tls', nodePort: 31_443, port: crossNetworkPort, protocol: 'TCP', targetPort: crossNetworkPort }],
        selector: { app: gateway, istio: 'eastwestgateway' },
        type: 'LoadBalancer',
      },
      status: { loadBalancer: { ingress: [{ ip: `203.0.113.${10 + cluster.position}` }] } },
    },
    {
      apiVersion: 'networking.istio.io/v1',
      kind: 'Gateway',
      metadata: { name: 'cross-network-gateway', namespace: system },
      spec: {
        selector: { istio: 'eastwestgateway' },
        servers: [
          { hosts: ['*.local'], port: { name: 'tls', number: crossNetworkPort, protocol: 'TLS' }, tls: { mode: 'AUTO_PASSTHROUGH' } },
        ],
      },
    },
  ]
}

function istiodObjects(cluster: PlannedCluster): readonly KubernetesObject[] {
  const labels = { app: 'istiod', istio: 'pilot' }
  const container = {
    env: [
      { name: 'REVISION', value: 'default' },
      { name: 'CLUSTER_ID', value: cluster.name },
    ],
    image: 'docker.io/istio/pilot:1.30.2',
    name: 'discovery',
  }
  const template = { metadata: { labels }, spec: { containers: [container], serviceAccountName: 'istiod' } }
  const pods = podsOf(cluster, 'istiod', 2, labels, 15_010).map((pod) => ({
    ...pod,
    spec: { ...(pod['spec'] as object), containers: [container] },
  }))
  return [
    ...pods,
    sliceOf(cluster, 'istiod', pods, [{ name: 'https-dns', port: 15_012, protocol: 'TCP' }]),
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { labels, name: 'istiod', namespace: system },
      spec: { replicas: 2, selector: { matchLabels: labels }, template },
    },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { labels, name: 'istiod', namespace: system },
      spec: {
        clusterIP: `10.${100 + cluster.position}.254.2`,
        ports: [{ name: 'https-dns', port: 15_012, protocol: 'TCP', targetPort: 15_012 }],
        selector: labels,
        type: 'ClusterIP',
      },
    },
  ]
}

/** Namespaces, and what an installation of Istio puts into a cluster of a mesh over two networks. */
export const meshObjects = (plan: Plan, cluster: PlannedCluster): readonly KubernetesObject[] => [
  ...namespaceObjects(plan, cluster),
  meshConfig(cluster),
  ...istiodObjects(cluster),
  ...gatewayObjects(cluster),
]
