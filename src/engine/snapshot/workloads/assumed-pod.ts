import type { Labels } from '../../resources/meta.js'
import type { ContainerPort } from '../../resources/kubernetes/pod.js'
import type { Cluster } from '../snapshot.js'
import type { Workload } from './workload.js'

/** What is known of a pod that a document leaves out. */
interface Described {
  readonly namespace: string
  readonly name: string
  readonly labels: Labels
  readonly ports: readonly ContainerPort[]
}

/** A pod somewhere in the cluster, without a proxy. */
export const assumedPod = (cluster: Cluster, { namespace, name, labels, ports }: Described): Workload => {
  const meta = { kind: 'Deployment', namespace, name, labels, annotations: {}, createdAt: 0, index: -1 }
  return {
    cluster: cluster.name,
    namespace,
    name,
    owner: { kind: 'Deployment', name },
    labels,
    annotations: {},
    serviceAccount: name,
    ips: [],
    hostNetwork: false,
    ready: true,
    synthesised: false,
    containerPorts: ports,
    dataPlane: 'NONE',
    revision: '',
    controlPlane: undefined,
    proxyNetwork: '',
    networkLabel: '',
    requestedNetworks: [],
    locality: { region: '', zone: '', subzone: '' },
    tlsMode: 'disabled',
    dnsCapture: false,
    takesHbone: false,
    takesAnchors: false,
    ref: cluster.ref(meta),
    meta,
  }
}
