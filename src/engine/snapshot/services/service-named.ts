import type { Service } from '../../resources/kubernetes/service.js'
import { findService } from './find-service.js'
import { readServiceName } from './service-names.js'
import type { Cluster } from '../snapshot.js'

/** The cluster's own Service of that name, or the name that is left after following ExternalNames (DNS-2). */
export function serviceNamed(cluster: Cluster, hostname: string, depth = 0): Service | string {
  const asked = readServiceName(hostname, cluster.clusterDomain)
  const service = asked === undefined ? undefined : findService(cluster, asked.namespace, asked.name)
  if (service?.type !== 'ExternalName') return service ?? hostname
  const next = service.externalName?.toLowerCase().replace(/\.$/, '')
  return next === undefined || depth > 8 ? hostname : serviceNamed(cluster, next, depth + 1)
}
