import type { Endpoint } from '../../istiod/endpoints/endpoint.js'
import { domainSuffix } from '../../istiod/matching/hosts.js'
import { isOn } from '../../snapshot/flags.js'
import { isClustersetHost } from '../../snapshot/services/clusterset-names.js'
import { findService } from '../../snapshot/services/find-service.js'
import { importedAddresses, isExportedFrom, namesClusterset } from '../../snapshot/services/names-clusterset.js'
import type { MeshService } from '../../snapshot/services/mesh-service.js'
import type { Cluster, ControlPlaneView } from '../../snapshot/snapshot.js'

/**
 * Why is an endpoint not for proxies of this cluster? Where Services must be exported, it is for its own cluster alone, unless its
 * Service is exported there, or, with a name for the set of clusters, by that name alone; the status of an export does not count.
 * Rules VIS-37, VIS-38, VIS-40, VIS-41, MCS-1 … MCS-4, MCS-11.
 */
export function whyNotExported(view: ControlPlaneView, service: MeshService, cluster: string, endpoint: Endpoint): string | undefined {
  const { controlPlane, snapshot } = view
  if (endpoint.cluster === cluster || isForAll(endpoint) || !isOn(controlPlane, 'ENABLE_MCS_SERVICE_DISCOVERY')) return undefined
  const standing = snapshot.clusters.get(endpoint.cluster)
  return standing === undefined ? undefined : whyOwnOnly(view, service, standing)
}

/** Endpoints that no Service of a cluster brings carry no such restriction (MCS-4). */
const isForAll = ({ origin }: Endpoint): boolean => origin === 'WORKLOAD_ENTRY' || origin === 'SERVICE_ENTRY'

function whyOwnOnly(view: ControlPlaneView, service: MeshService, standing: Cluster): string | undefined {
  const { controlPlane } = view
  const { hostname, namespace } = service
  const plane = `control plane \`${controlPlane.name}\``
  const ofSet = isClustersetHost(hostname)
  if (!ofSet && namesClusterset(controlPlane) && isOn(controlPlane, 'ENABLE_MCS_CLUSTER_LOCAL')) {
    return `${plane} keeps \`${hostname}\` within each cluster (\`ENABLE_MCS_CLUSTER_LOCAL\`)`
  }
  const name = service.definitions[0]?.service.meta.name ?? ''
  if (!isRegisteredIn(view, standing, { ofSet, namespace, name })) {
    const missing = ofSet ? 'ServiceImport with an address' : 'Service'
    return `${plane} offers to other clusters only what is exported (\`ENABLE_MCS_SERVICE_DISCOVERY\`), and in \`${standing.name}\` it does not know \`${hostname}\`, as there is no ${missing} \`${namespace}/${name}\``
  }
  if (isExportedFrom(view, standing, { namespace, name, clusterLocal: isKeptInCluster(view, service, name) })) return undefined
  return `${plane} offers to other clusters only what is exported (\`ENABLE_MCS_SERVICE_DISCOVERY\`), and \`${standing.name}\` has no ServiceExport \`${namespace}/${name}\``
}

/** What the endpoint's own registry does not know by this name it takes for the cluster's own (MCS-4). */
const isRegisteredIn = (
  { controlPlane }: ControlPlaneView,
  standing: Cluster,
  { ofSet, namespace, name }: { readonly ofSet: boolean; readonly namespace: string; readonly name: string },
): boolean =>
  ofSet ? importedAddresses(controlPlane, standing, namespace, name).length > 0 : findService(standing, namespace, name) !== undefined

/** Cluster-local is the Service's own name, whichever name is called. */
const isKeptInCluster = (view: ControlPlaneView, { namespace, hostname, clusterLocal }: MeshService, name: string): boolean =>
  isClustersetHost(hostname)
    ? (view.service(`${name}.${namespace}.svc.${domainSuffix(view)}`, namespace)?.clusterLocal ?? false)
    : clusterLocal
