import type { MeshInstallation } from '../../resources/installation/mesh-installation.js'
import type { ClusterResources } from '../../resources/cluster-resources.js'
import type { Labels } from '../../resources/meta.js'
import type { Injection } from './injection.js'
import type { Cluster, ControlPlane } from '../snapshot.js'
import type { Locality } from './workload.js'

/** What every workload of one cluster is built from. */
export interface WorkloadContext {
  readonly cluster: string
  readonly resources: ClusterResources
  readonly ref: Cluster['ref']
  readonly observed: boolean
  /** Control planes that may serve the cluster's proxies, the default first. */
  readonly controlPlanes: readonly ControlPlane[]
  /** A remote cluster whose control plane nobody knows: what is injected there has a proxy all the same. */
  readonly unmanaged: boolean
  readonly locality: Locality
  /** Network that injection gives a proxy that says nothing itself (NET-3). */
  readonly injectedNetwork: string
  readonly statedCapture: boolean | undefined
  readonly nodeCapture: Cluster['nodeCapture']
  readonly configResources: (controlPlane: ControlPlane) => ClusterResources | undefined
}

/** Network that injection writes: the installation's value, else the header's word; see `injectedNetworkOf`. */
export const injectedNetworkOf = (
  installations: readonly MeshInstallation[],
  stated: string | undefined,
  systemNamespaceLabel: string | undefined,
): string => {
  const told = installations.map((installation) => installation.network).find((network) => network !== undefined && network !== '')
  if (told !== undefined) return told
  if (stated !== undefined) return stated
  // The label on the system namespace does not set it (NET-3). Only where no installation is visible is it taken to agree.
  return installations.length > 0 ? '' : (systemNamespaceLabel ?? '')
}

export const namespaceLabelsOf = (context: WorkloadContext, namespace: string): Labels | undefined =>
  context.resources.namespaces.get(namespace)?.meta.labels

// The first revision that is installed is made the default, unless tags tell otherwise.
const soleUntagged = ({ controlPlanes }: WorkloadContext): ControlPlane | undefined =>
  controlPlanes.length === 1 && controlPlanes[0]?.tags.length === 0 ? controlPlanes[0] : undefined

/** The control plane of a revision or tag among those that may serve the cluster; '' asks for the default one. */
export const controlPlaneOfRevision = (context: WorkloadContext, revision: string): ControlPlane | undefined =>
  context.controlPlanes.find((plane) => plane.revision === revision) ??
  context.controlPlanes.find((plane) => plane.tags.includes(revision === '' ? 'default' : revision)) ??
  (revision === '' ? soleUntagged(context) : undefined)

/**
 * The control plane of an injected pod. Where injection was only assumed, any control plane of the cluster will do: the
 * namespace's labels would name the right one.
 */
export const controlPlaneOfInjection = (context: WorkloadContext, injection: Injection): ControlPlane | undefined =>
  controlPlaneOfRevision(context, injection.revision) ?? (injection.assumed ? context.controlPlanes[0] : undefined)

/** The control plane of a proxy that runs: by the revision it carries, else the only one there is. */
export const controlPlaneOfProxy = (context: WorkloadContext, namespace: string, labels: Labels): ControlPlane | undefined => {
  const namespaceLabels = namespaceLabelsOf(context, namespace)
  const revision =
    labels['istio.io/rev'] ?? (namespaceLabels?.['istio-injection'] === undefined ? namespaceLabels?.['istio.io/rev'] : undefined) ?? ''
  const found = controlPlaneOfRevision(context, revision === 'default' ? '' : revision)
  return found ?? (context.controlPlanes.length === 1 ? context.controlPlanes[0] : undefined)
}
