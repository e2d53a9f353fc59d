import type { Endpoint } from '../../istiod/endpoints/endpoint.js'
import type { ByNamespace } from '../../resources/cluster-resources.js'
import type { ServiceExport } from '../../resources/kubernetes/service-export.js'
import { inNamespace } from '../../resources/read-cluster-resources.js'
import { isOn, textOf } from '../../snapshot/flags.js'
import type { MeshService } from '../../snapshot/services/mesh-service.js'
import type { ControlPlane, ControlPlaneView } from '../../snapshot/snapshot.js'

const usualGroup = 'multicluster.x-k8s.io'

/**
 * Why is an endpoint not for proxies of this cluster? Where Services must be exported, it is for its own cluster alone, unless its
 * Service is exported there; the status of an export does not count. Rules VIS-37, VIS-38, VIS-40, VIS-41, MCS-1 … MCS-4, MCS-11.
 */
export function whyNotExported(
  view: ControlPlaneView,
  { hostname, namespace, definitions }: MeshService,
  cluster: string,
  endpoint: Endpoint,
): string | undefined {
  const { controlPlane, snapshot } = view
  if (endpoint.cluster === cluster || isForAll(endpoint) || !isOn(controlPlane, 'ENABLE_MCS_SERVICE_DISCOVERY')) return undefined
  const plane = `control plane \`${controlPlane.name}\``
  if (isOn(controlPlane, 'ENABLE_MCS_HOST') && isOn(controlPlane, 'ENABLE_MCS_CLUSTER_LOCAL')) {
    return `${plane} keeps \`${hostname}\` within each cluster (\`ENABLE_MCS_CLUSTER_LOCAL\`)`
  }
  if (exportsAll(controlPlane)) return undefined
  const name = definitions[0]?.service.meta.name ?? ''
  const exports = snapshot.clusters.get(endpoint.cluster)?.resources.serviceExports ?? noExports
  if (inNamespace(exports, namespace).some(({ meta }) => meta.name === name)) return undefined
  return `${plane} offers to other clusters only what is exported (\`ENABLE_MCS_SERVICE_DISCOVERY\`), and \`${endpoint.cluster}\` has no ServiceExport \`${namespace}/${name}\``
}

const noExports: ByNamespace<ServiceExport> = new Map()

/** Endpoints that no Service of a cluster brings carry no such restriction (MCS-4). */
const isForAll = ({ origin }: Endpoint): boolean => origin === 'WORKLOAD_ENTRY' || origin === 'SERVICE_ENTRY'

/** By itself, or by exports of another API group: those are not read here, and the flag leaves the answer open. */
const exportsAll = (controlPlane: ControlPlane): boolean =>
  isOn(controlPlane, 'ENABLE_MCS_AUTO_EXPORT') || (textOf(controlPlane, 'MCS_API_GROUP') ?? usualGroup) !== usualGroup
