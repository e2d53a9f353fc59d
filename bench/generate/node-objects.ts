import { uidOf } from './identifier.js'
import type { KubernetesObject } from './kubernetes-object.js'
import type { PlannedCluster } from './plan.js'

export const podsPerNode = 25

export const nodeNameOf = (cluster: PlannedCluster, index: number): string => `${cluster.name}-pool-${index % 3}-${index}`
export const zoneOf = (cluster: PlannedCluster, index: number): string => `${cluster.region}-${'abc'[index % 3]}`

/** A cluster's nodes, over three zones. */
export const nodeObjects = (cluster: PlannedCluster, count: number): readonly KubernetesObject[] =>
  Array.from({ length: count }, (_, index) => {
    const name = nodeNameOf(cluster, index)
    const address = `172.${16 + cluster.position}.${Math.floor(index / 250)}.${1 + (index % 250)}`
    return {
      apiVersion: 'v1',
      kind: 'Node',
      metadata: {
        annotations: { 'node.alpha.kubernetes.io/ttl': '0', 'volumes.kubernetes.io/controller-managed-attach-detach': 'true' },
        creationTimestamp: '2026-02-01T06:00:00Z',
        labels: {
          'beta.kubernetes.io/arch': 'amd64',
          'kubernetes.io/hostname': name,
          'kubernetes.io/os': 'linux',
          'node.kubernetes.io/instance-type': 'n2-standard-16',
          'topology.kubernetes.io/region': cluster.region,
          'topology.kubernetes.io/zone': zoneOf(cluster, index),
        },
        name,
        resourceVersion: `${100_000 + index}`,
        uid: uidOf(name),
      },
      spec: { podCIDR: `10.${10 + cluster.position}.${index}.0/24`, providerID: `example://${cluster.region}/${name}` },
      status: {
        addresses: [
          { address, type: 'InternalIP' },
          { address: name, type: 'Hostname' },
        ],
        allocatable: { cpu: '15890m', 'ephemeral-storage': '47093746742', memory: '59430056Ki', pods: '110' },
        capacity: { cpu: '16', 'ephemeral-storage': '98831908Ki', memory: '65949352Ki', pods: '110' },
        conditions: ['MemoryPressure', 'DiskPressure', 'PIDPressure', 'Ready'].map((type) => ({
          lastHeartbeatTime: '2026-03-01T08:00:00Z',
          lastTransitionTime: '2026-02-01T06:00:10Z',
          reason: type === 'Ready' ? 'KubeletReady' : `KubeletHasNo${type}`,
          status: type === 'Ready' ? 'True' : 'False',
          type,
        })),
        nodeInfo: {
          architecture: 'amd64',
          containerRuntimeVersion: 'containerd://2.0.4',
          kubeletVersion: 'v1.33.2',
          operatingSystem: 'linux',
        },
      },
    }
  })
