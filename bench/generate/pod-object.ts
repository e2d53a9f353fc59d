import { identifier, uidOf } from './identifier.js'
import type { KubernetesObject } from './kubernetes-object.js'

/** What a generated pod says of itself. */
export interface PodFacts {
  readonly cluster: string
  readonly network: string
  readonly namespace: string
  /** Name of its Deployment. */
  readonly owner: string
  readonly index: number
  readonly labels: Readonly<Record<string, string>>
  readonly serviceAccount: string
  readonly ip: string
  readonly hostIp: string
  readonly nodeName: string
  readonly port: number
  readonly injected: boolean
  /** Whether its node's ztunnel has captured it. */
  readonly ambient?: boolean
}

const annotationsOf = ({ injected, ambient }: PodFacts): Readonly<Record<string, string>> => {
  if (ambient === true) return { 'ambient.istio.io/redirection': 'enabled' }
  return injected ? { 'istio.io/rev': 'default', 'prometheus.io/port': '15020', 'prometheus.io/scrape': 'true' } : {}
}

export const replicaSetOf = ({ namespace, owner }: Pick<PodFacts, 'namespace' | 'owner'>): string =>
  `${owner}-${identifier(`${namespace}/${owner}`, 9)}`

export const podNameOf = (facts: Pick<PodFacts, 'cluster' | 'namespace' | 'owner' | 'index'>): string =>
  `${replicaSetOf(facts)}-${identifier(`${facts.cluster}/${facts.namespace}/${facts.owner}/${facts.index}`, 5)}`

const started = '2026-03-01T07:59:30Z'

const fieldRef = (name: string, fieldPath: string) => ({ name, valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath } } })

/** The sidecar as injection writes it, without what says nothing of the mesh. */
const proxyContainer = ({ cluster, network, namespace, owner, labels }: PodFacts) => ({
  env: [
    { name: 'CA_ADDR', value: 'istiod.istio-system.svc:15012' },
    fieldRef('POD_NAME', 'metadata.name'),
    fieldRef('POD_NAMESPACE', 'metadata.namespace'),
    { name: 'ISTIO_META_CLUSTER_ID', value: cluster },
    { name: 'ISTIO_META_DNS_CAPTURE', value: 'true' },
    { name: 'ISTIO_META_NETWORK', value: network },
    { name: 'ISTIO_META_WORKLOAD_NAME', value: labels['app'] ?? owner },
    { name: 'ISTIO_META_OWNER', value: `kubernetes://apis/apps/v1/namespaces/${namespace}/deployments/${owner}` },
    { name: 'ISTIO_META_MESH_ID', value: 'mesh1' },
    { name: 'TRUST_DOMAIN', value: 'cluster.local' },
  ],
  image: 'docker.io/istio/proxyv2:1.30.2',
  name: 'istio-proxy',
  ports: [{ containerPort: 15090, name: 'http-envoy-prom', protocol: 'TCP' }],
  resources: { requests: { cpu: '100m', memory: '128Mi' } },
})

const statusOf = ({ ip, hostIp }: PodFacts) => ({
  conditions: ['Ready', 'PodScheduled'].map((type) => ({
    lastTransitionTime: started,
    status: 'True',
    type,
  })),
  hostIP: hostIp,
  phase: 'Running',
  podIP: ip,
  podIPs: [{ ip }],
  qosClass: 'Burstable',
  startTime: started,
})

/** A running pod as its API server would show it. */
export function podObject(facts: PodFacts): KubernetesObject {
  const { cluster, network, namespace, owner, labels, serviceAccount, nodeName, port, injected } = facts
  const name = podNameOf(facts)
  const replicaSet = replicaSetOf(facts)
  const own = {
    env: [{ name: 'LOG_LEVEL', value: 'info' }],
    image: `registry.example/${namespace}/${labels['app'] ?? owner}:2026.3.1`,
    name: 'app',
    ports: [{ containerPort: port, name: 'http', protocol: 'TCP' }],
    resources: { requests: { cpu: '250m', memory: '256Mi' } },
  }
  const mesh = {
    'security.istio.io/tlsMode': 'istio',
    'service.istio.io/canonical-name': labels['app'] ?? owner,
    'topology.istio.io/network': network,
  }
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      annotations: annotationsOf(facts),
      creationTimestamp: started,
      generateName: `${replicaSet}-`,
      labels: { ...labels, 'pod-template-hash': identifier(`${namespace}/${owner}`, 9), ...(injected ? mesh : {}) },
      name,
      namespace,
      ownerReferences: [
        { apiVersion: 'apps/v1', blockOwnerDeletion: true, controller: true, kind: 'ReplicaSet', name: replicaSet, uid: uidOf(replicaSet) },
      ],
      resourceVersion: `${1_000_000 + facts.index}`,
      uid: uidOf(`${cluster}/${namespace}/${name}`),
    },
    spec: {
      containers: [own, ...(injected ? [proxyContainer(facts)] : [])],
      nodeName,
      restartPolicy: 'Always',
      serviceAccount,
      serviceAccountName: serviceAccount,
    },
    status: statusOf(facts),
  }
}
