import type { ClusterRole } from '../../model/topology/cluster-header.js'
import type { ClusterResources } from '../../resources/cluster-resources.js'
import { buildWorkloads } from '../workloads/build-workloads.js'
import { captureOfNodes } from '../workloads/captures-dns.js'
import { rootCertificatesOf, signingCertificatesOf } from './root-certificates.js'
import type { ClusterPart } from './cluster-part.js'
import type { Fact } from '../fact.js'
import { byDefault, derived, firstKnown, stated, unknown } from '../known.js'
import { headerRef } from '../references.js'
import type { Cluster, ControlPlane } from '../snapshot.js'
import { stubDomainsOf } from './stub-domains.js'
import { unreadKindsOf } from './unread-kinds.js'
import { isMachine, type Workload } from '../workloads/workload.js'
import { injectedNetworkOf, type WorkloadContext } from '../workloads/workload-context.js'

const networkKey = 'topology.istio.io/network'

/** Namespaces in which anything stands, in name order. */
const namespaceNamesOf = (resources: ClusterResources): readonly string[] => {
  const names = new Set(resources.namespaces.keys())
  const kinds = [
    resources.services,
    resources.pods,
    resources.podControllers,
    resources.serviceEntries,
    resources.workloadEntries,
    resources.workloadGroups,
  ]
  for (const kind of kinds) for (const namespace of kind.keys()) names.add(namespace)
  return [...names].sort()
}

/** Namespace of the istiod that manages the cluster; the label of its own copy in this cluster names the network. */
const systemNamespaceOf = (managers: readonly ControlPlane[]): string => managers[0]?.systemNamespace ?? 'istio-system'

const labelledNetwork = (part: ClusterPart, systemNamespace: string): Fact<string> => {
  const namespace = part.resources.namespaces.get(systemNamespace)
  const label = namespace?.meta.labels[networkKey]
  return namespace === undefined || label === undefined || label === ''
    ? unknown()
    : derived(label, [part.ref(namespace.meta, `metadata.labels['${networkKey}']`)])
}

const installedNetwork = (part: ClusterPart): Fact<string> => {
  const installation = part.resources.installations.find(({ network }) => network !== undefined && network !== '')
  return installation?.network === undefined ? unknown() : derived(installation.network, [part.ref(installation.meta, installation.path)])
}

const registeredNetwork = (part: ClusterPart, managers: readonly ControlPlane[]): Fact<string> => {
  for (const { meshNetworks } of managers) {
    const network = meshNetworks.networks.find(({ fromRegistry }) => fromRegistry.includes(part.header.name))
    if (network !== undefined) return derived(network.name, meshNetworks.because)
  }
  return unknown()
}

/** Network of the cluster's pods: stated, else by label, by installation, by meshNetworks. */
export const clusterNetworkOf = (part: ClusterPart, managers: readonly ControlPlane[]): Fact<string> => {
  const { network, name } = part.header
  return firstKnown(
    network === undefined ? unknown<string>() : stated(network, [headerRef('Cluster', name, `${part.path}.network`)]),
    labelledNetwork(part, systemNamespaceOf(managers)),
    installedNetwork(part),
    registeredNetwork(part, managers),
  )
}

/** The label on the system namespace, apart from what the header states. */
export const labelledNetworkOf = (part: ClusterPart, managers: readonly ControlPlane[]): Fact<string> =>
  labelledNetwork(part, systemNamespaceOf(managers))

const dnsCaptureOf = (part: ClusterPart, managers: readonly ControlPlane[]): Fact<boolean> => {
  const capture = part.header.dns?.capture
  if (capture !== undefined) return stated(capture, [headerRef('Cluster', part.header.name, `${part.path}.dns.capture`)])
  const config = managers[0]?.meshConfig
  const told = config?.defaultProxyMetadata['ISTIO_META_DNS_CAPTURE']
  return config === undefined || told === undefined ? byDefault(false) : derived(told === 'true', config.because)
}

/** Clusters show what runs when they hold a Pod or an EndpointSlice, unless the header says otherwise. */
export const isObserved = ({ header, resources }: ClusterPart): boolean =>
  header.observed ?? (resources.pods.size > 0 || resources.endpointSlices.size > 0)

const contextOf = (
  part: ClusterPart,
  managers: readonly ControlPlane[],
  configResources: WorkloadContext['configResources'],
  role: Fact<ClusterRole>,
): WorkloadContext => ({
  cluster: part.header.name,
  resources: part.resources,
  ref: part.ref,
  observed: isObserved(part),
  controlPlanes: managers,
  unmanaged: role.value === 'REMOTE' && managers.length === 0,
  locality: { region: part.header.region ?? '', zone: part.header.zone ?? '', subzone: '' },
  injectedNetwork: injectedNetworkOf(
    part.resources.installations,
    part.header.network,
    labelledNetwork(part, systemNamespaceOf(managers)).value,
  ),
  statedCapture: part.header.dns?.capture,
  nodeCapture: part.header.dns?.capture ?? captureOfNodes(part.resources),
  configResources,
})

const workloadsOf = (context: WorkloadContext, namespaces: readonly string[]): Pick<Cluster, 'workloads' | 'workloadByIp'> => {
  const built = new Map<string, readonly Workload[]>()
  let byIp: Map<string, Workload> | undefined
  const workloads = (namespace: string): readonly Workload[] => {
    const known = built.get(namespace)
    if (known !== undefined) return known
    const list = buildWorkloads(context, namespace)
    const meanwhile = built.get(namespace)
    if (meanwhile !== undefined) return meanwhile
    built.set(namespace, list)
    return list
  }
  const workloadByIp = (ip: string): Workload | undefined => {
    byIp ??= byAddress(namespaces.flatMap(workloads))
    return byIp.get(ip)
  }
  return { workloads, workloadByIp }
}

/** A WorkloadEntry is what somebody wrote of an address, a pod is what stands there: the one never hides the other. */
function byAddress(workloads: readonly Workload[]): Map<string, Workload> {
  const standing = new Map<string, Workload>()
  for (const workload of workloads)
    for (const address of workload.ips) if (!isMachine(workload) || !standing.has(address)) standing.set(address, workload)
  return standing
}

/** A cluster with its facts; workloads are built a namespace at a time, when first asked for. */
export const buildCluster = (
  part: ClusterPart,
  role: Fact<ClusterRole>,
  mesh: Fact<string>,
  managers: readonly ControlPlane[],
  configResources: WorkloadContext['configResources'],
): Cluster => {
  const { header, resources } = part
  const systemNamespace = systemNamespaceOf(managers)
  const namespaceNames = namespaceNamesOf(resources)
  const context = contextOf(part, managers, configResources, role)
  return {
    name: header.name,
    mesh,
    network: clusterNetworkOf(part, managers),
    region: header.region ?? '',
    zone: header.zone ?? '',
    clusterDomain: header.clusterDomain ?? 'cluster.local',
    podCidrs: header.podCidrs ?? [],
    serviceCidrs: header.serviceCidrs ?? [],
    stubDomains: stubDomainsOf(part),
    dnsCapture: dnsCaptureOf(part, managers),
    nodeCapture: context.nodeCapture,
    observed: context.observed,
    role,
    managedBy: managers.map((manager) => manager.name),
    rootCertificates: rootCertificatesOf(part, systemNamespace),
    signingCertificates: signingCertificatesOf(part, systemNamespace),
    resources,
    unread: unreadKindsOf(header),
    namespaceNames,
    ref: part.ref,
    ...workloadsOf(context, namespaceNames),
  }
}
