import type { KubernetesObject } from './kubernetes-object.js'
import { nodeNameOf } from './node-objects.js'
import type { Plan, PlannedCluster, PlannedNamespace } from './plan.js'
import { podObject } from './pod-object.js'

const name = 'waypoint'
const label = 'gateway.networking.k8s.io/gateway-name'
const managed = { 'gateway.istio.io/managed': 'istio.io-mesh-controller' }

/** The waypoint of a namespace in ambient mode, with what istiod deploys for it, and what it heeds. */
function waypointOf(cluster: PlannedCluster, { name: namespace, position }: PlannedNamespace): readonly KubernetesObject[] {
  const clusterIP = `10.${100 + cluster.position}.252.${1 + position}`
  const labels = { ...managed, [label]: name }
  const listener = { name: 'mesh', port: 15_008, protocol: 'HBONE' }
  return [
    {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'Gateway',
      metadata: { name, namespace, labels: { 'istio.io/waypoint-for': 'service' } },
      spec: { gatewayClassName: 'istio-waypoint', listeners: [listener] },
      status: { addresses: [{ type: 'IPAddress', value: clusterIP }] },
    },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name, namespace, labels },
      spec: {
        clusterIP,
        ports: [{ name: 'mesh', port: 15_008, protocol: 'TCP', targetPort: 15_008 }],
        selector: { [label]: name },
        type: 'ClusterIP',
      },
    },
    podObject({
      cluster: cluster.name,
      network: cluster.network,
      namespace,
      owner: name,
      index: 0,
      labels,
      serviceAccount: name,
      ip: `10.${10 + cluster.position}.252.${1 + position}`,
      hostIp: `172.${16 + cluster.position}.0.1`,
      nodeName: nodeNameOf(cluster, 0),
      port: 15_008,
      injected: false,
    }),
    {
      apiVersion: 'security.istio.io/v1',
      kind: 'AuthorizationPolicy',
      metadata: { name: 'requests', namespace },
      spec: {
        targetRefs: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name }],
        action: 'DENY',
        rules: [{ to: [{ operation: { methods: ['DELETE'], paths: ['/admin/*'] } }] }],
      },
    },
  ]
}

export const waypointObjects = ({ namespaces }: Plan, cluster: PlannedCluster): readonly KubernetesObject[] =>
  namespaces.filter(({ ambient }) => ambient).flatMap((namespace) => waypointOf(cluster, namespace))
