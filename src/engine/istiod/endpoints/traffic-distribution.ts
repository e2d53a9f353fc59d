import type { MeshService } from '../../snapshot/services/mesh-service.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'

const zone = ['topology.istio.io/network', 'topology.kubernetes.io/region', 'topology.kubernetes.io/zone']
const node = [...zone, 'topology.istio.io/subzone', 'kubernetes.io/hostname']

const annotation = 'networking.istio.io/traffic-distribution'

function ownWord({ definitions, entry }: MeshService): string | undefined {
  const service = definitions[0]?.service
  return service?.trafficDistribution ?? (service ?? entry)?.meta.annotations[annotation]
}

const inheritedWord = ({ namespace }: MeshService, view: ControlPlaneView | undefined): string | undefined =>
  view?.configCluster?.resources.namespaces.get(namespace)?.meta.annotations[annotation]

/**
 * The labels, the most important first, that a service's traffic distribution stands for: its field, its annotation, or its namespace's;
 * undefined: it has none (LB-7).
 */
export function trafficDistribution(service: MeshService, view: ControlPlaneView | undefined): readonly string[] | undefined {
  const value = (ownWord(service) ?? inheritedWord(service, view) ?? '').toLowerCase()
  if (value === 'preferclose' || value === 'prefersamezone') return zone
  return value === 'prefersamenode' ? node : undefined
}
