import { identifier, uidOf } from './identifier.js'
import type { KubernetesObject } from './kubernetes-object.js'
import { nodeNameOf, zoneOf } from './node-objects.js'
import type { PlannedApplication, PlannedCluster } from './plan.js'
import { podNameOf, podObject, replicaSetOf } from './pod-object.js'

/** Where an application's pods stand in its cluster. */
export interface Placement {
  /** Position of its first pod among the cluster's. */
  readonly firstPod: number
  /** Position of its Service among the cluster's. */
  readonly service: number
  readonly nodes: number
  readonly injected: boolean
  readonly ambient: boolean
}

export const containerPort = 8080
/** Every fourth service has a second port, so that a call without port has two to ask about. */
export const hasMetricsPort = ({ position }: PlannedApplication): boolean => position % 4 === 0

const created = '2026-02-10T10:00:00Z'

interface Instance {
  readonly owner: string
  readonly index: number
  readonly labels: Readonly<Record<string, string>>
  readonly ip: string
  readonly node: number
}

const ownersOf = ({ name, versioned }: PlannedApplication): readonly string[] => (versioned ? [`${name}-v1`, `${name}-v2`] : [name])

const labelsOf = ({ name, versioned }: PlannedApplication, owner: string): Readonly<Record<string, string>> => ({
  app: name,
  version: versioned ? owner.slice(-2) : 'v1',
})

function instancesOf(cluster: PlannedCluster, application: PlannedApplication, { firstPod, nodes }: Placement): readonly Instance[] {
  const owners = ownersOf(application)
  return Array.from({ length: application.replicas }, (_, index) => {
    const at = firstPod + index
    const owner = owners[index % owners.length] ?? ''
    const ip = `10.${10 + cluster.position}.${Math.floor(at / 250)}.${1 + (at % 250)}`
    return { owner, index, labels: labelsOf(application, owner), ip, node: (at * 7) % nodes }
  })
}

const portsOf = (application: PlannedApplication, inSlice: boolean) =>
  [{ name: 'http', port: 80 }, ...(hasMetricsPort(application) ? [{ name: 'http-metrics', port: 9090 }] : [])].map(({ name, port }) =>
    inSlice ? { name, port: containerPort, protocol: 'TCP' } : { name, port, protocol: 'TCP', targetPort: containerPort },
  )

const serviceObject = (cluster: PlannedCluster, application: PlannedApplication, { service }: Placement): KubernetesObject => {
  const { namespace, name } = application
  const clusterIP = `10.${100 + cluster.position}.${Math.floor(service / 250)}.${1 + (service % 250)}`
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { creationTimestamp: created, labels: { app: name }, name, namespace, uid: uidOf(`${cluster.name}/${namespace}/${name}`) },
    spec: {
      clusterIP,
      clusterIPs: [clusterIP],
      internalTrafficPolicy: 'Cluster',
      ipFamilies: ['IPv4'],
      ports: portsOf(application, false),
      selector: { app: name },
      sessionAffinity: 'None',
      type: 'ClusterIP',
    },
    status: { loadBalancer: {} },
  }
}

const sliceObject = (cluster: PlannedCluster, application: PlannedApplication, instances: readonly Instance[]): KubernetesObject => {
  const { namespace, name } = application
  return {
    addressType: 'IPv4',
    apiVersion: 'discovery.k8s.io/v1',
    endpoints: instances.map(({ owner, index, ip, node }) => ({
      addresses: [ip],
      conditions: { ready: true, serving: true, terminating: false },
      nodeName: nodeNameOf(cluster, node),
      targetRef: { kind: 'Pod', name: podNameOf({ cluster: cluster.name, namespace, owner, index }), namespace },
      zone: zoneOf(cluster, node),
    })),
    kind: 'EndpointSlice',
    metadata: {
      creationTimestamp: created,
      labels: { 'endpointslice.kubernetes.io/managed-by': 'endpointslice-controller.k8s.io', 'kubernetes.io/service-name': name },
      name: `${name}-${identifier(`${cluster.name}/${namespace}/${name}`, 5)}`,
      namespace,
      ownerReferences: [{ apiVersion: 'v1', controller: true, kind: 'Service', name, uid: uidOf(`${cluster.name}/${namespace}/${name}`) }],
    },
    ports: portsOf(application, true),
  }
}

/** A Deployment and the ReplicaSet it made. */
function controllerObjects(application: PlannedApplication, owner: string, replicas: number): readonly KubernetesObject[] {
  const { namespace, name } = application
  const labels = labelsOf(application, owner)
  const container = { image: `registry.example/${namespace}/${name}:2026.3.1`, name: 'app', ports: [{ containerPort, name: 'http' }] }
  const template = { metadata: { labels }, spec: { containers: [container], serviceAccountName: name } }
  const replicaSet = replicaSetOf({ namespace, owner })
  const reference = { apiVersion: 'apps/v1', controller: true, kind: 'Deployment', name: owner, uid: uidOf(owner) }
  const apiVersion = 'apps/v1'
  const common = { creationTimestamp: created, labels: { app: name }, namespace }
  const spec = { replicas, selector: { matchLabels: labels }, template }
  const status = { readyReplicas: replicas, replicas }
  return [
    { apiVersion, kind: 'Deployment', metadata: { ...common, name: owner }, spec, status },
    { apiVersion, kind: 'ReplicaSet', metadata: { ...common, name: replicaSet, ownerReferences: [reference] }, spec, status },
  ]
}

/** Everything that one application is in one cluster: Service, EndpointSlice, Deployments, ReplicaSets, Pods. */
export function applicationObjects(
  cluster: PlannedCluster,
  application: PlannedApplication,
  placement: Placement,
): readonly KubernetesObject[] {
  const { namespace, name } = application
  const instances = instancesOf(cluster, application, placement)
  const pods = instances.map(({ owner, index, labels, ip, node }) =>
    podObject({
      cluster: cluster.name,
      network: cluster.network,
      namespace,
      owner,
      index,
      labels,
      serviceAccount: name,
      ip,
      hostIp: `172.${16 + cluster.position}.${Math.floor(node / 250)}.${1 + (node % 250)}`,
      nodeName: nodeNameOf(cluster, node),
      port: containerPort,
      injected: placement.injected,
      ambient: placement.ambient,
    }),
  )
  const controllers = ownersOf(application).flatMap((owner) =>
    controllerObjects(application, owner, instances.filter((instance) => instance.owner === owner).length),
  )
  return [serviceObject(cluster, application, placement), sliceObject(cluster, application, instances), ...controllers, ...pods]
}
