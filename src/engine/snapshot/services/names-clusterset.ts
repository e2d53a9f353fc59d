/**
 * Does a control plane give sets of clusters names of their own, and which objects of Multi-Cluster Services does it read?
 *
 * Those of all clusters that it reads, unlike its own objects, and of one group and version. Rules MCS-1, MCS-3, MCS-6, MCS-11.
 */
import type { ServiceExport } from '../../resources/kubernetes/service-export.js'
import type { ServiceImport } from '../../resources/kubernetes/service-import.js'
import { isOn, textOf } from '../flags.js'
import type { Cluster, ControlPlane, Snapshot } from '../snapshot.js'
import { parseCidr } from '../networks/cidr.js'
import { namedIn } from './named-in.js'

/** Versions under which an API server has the objects of a group: one of them is enough to read all. */
const served: Readonly<Record<string, readonly string[]>> = {
  'multicluster.x-k8s.io': ['v1alpha1', 'v1beta1'],
  'net.gke.io': ['v1'],
}

const groupReadBy = (controlPlane: Pick<ControlPlane, 'flags'>): string => textOf(controlPlane, 'MCS_API_GROUP') || 'multicluster.x-k8s.io'

const versionReadBy = (controlPlane: Pick<ControlPlane, 'flags'>): string => textOf(controlPlane, 'MCS_API_VERSION') || 'v1alpha1'

function reads(controlPlane: Pick<ControlPlane, 'flags'>, { apiVersion }: ServiceExport | ServiceImport): boolean {
  const group = groupReadBy(controlPlane)
  return apiVersion.startsWith(`${group}/`) && (served[group] ?? []).includes(versionReadBy(controlPlane))
}

/** Does it make names of the set of clusters? The flag for them does nothing without that for exports (MCS-1). */
export const namesClusterset = (controlPlane: ControlPlane): boolean =>
  isOn(controlPlane, 'ENABLE_MCS_HOST') && isOn(controlPlane, 'ENABLE_MCS_SERVICE_DISCOVERY')

/** A cluster's import, whoever reads it. */
export const importOf = ({ resources }: Cluster, namespace: string, name: string): ServiceImport | undefined =>
  namedIn(resources.serviceImports, namespace, name)

/** A cluster's export, whoever reads it. */
export const exportOf = ({ resources }: Cluster, namespace: string, name: string): ServiceExport | undefined =>
  namedIn(resources.serviceExports, namespace, name)

/** The addresses that a cluster's import has for the set's name, sorted, as this control plane reads them; empty: no name there (MCS-6). */
export function importedAddresses(controlPlane: ControlPlane, cluster: Cluster, namespace: string, name: string): readonly string[] {
  const found = importOf(cluster, namespace, name)
  if (found === undefined || !reads(controlPlane, found)) return []
  return found.ips.filter((ip) => !ip.includes('/') && parseCidr(ip) !== undefined).sort()
}

/** Is the Service exported by its cluster: by an object there, whatever its status, or by the control plane that exports all but cluster-local ones? */
export function isExportedFrom(
  { controlPlane, snapshot }: { readonly controlPlane: ControlPlane; readonly snapshot: Snapshot },
  cluster: Cluster,
  { namespace, name, clusterLocal }: { readonly namespace: string; readonly name: string; readonly clusterLocal: boolean },
): boolean {
  const found = exportOf(cluster, namespace, name)
  if (found !== undefined && reads(controlPlane, found)) return true
  // Objects of a group that nothing here reads: the flag that names it leaves the call open.
  if (!Object.hasOwn(served, groupReadBy(controlPlane))) return true
  if (clusterLocal) return false
  const leading = [controlPlane, ...cluster.managedBy.flatMap((plane) => snapshot.controlPlanes.get(plane) ?? [])]
  return leading.some((plane) => isOn(plane, 'ENABLE_MCS_AUTO_EXPORT') && groupReadBy(plane) === groupReadBy(controlPlane))
}
