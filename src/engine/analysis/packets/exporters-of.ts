import { pause } from '../../pause.js'
import type { Service, ServicePort } from '../../resources/kubernetes/service.js'
import { findService } from '../../snapshot/services/find-service.js'
import { exportOf } from '../../snapshot/services/names-clusterset.js'
import type { Cluster, Snapshot } from '../../snapshot/snapshot.js'

/** A cluster that offers its Service to the others. */
export interface Exporter {
  readonly cluster: Cluster
  readonly service: Service
}

/**
 * The clusters of the document that export the Service, whatever the group of the object is.
 *
 * Names of other hosts cannot be exported; what has node ports or a load balancer is exported like any other. Rules MCS-14, MCS-16, MCS-19.
 */
export function exportersOf(
  snapshot: Snapshot,
  { namespace, name }: { readonly namespace: string; readonly name: string },
): readonly Exporter[] {
  return [...snapshot.clusters.values()].flatMap((cluster) => {
    pause()
    const service = exportOf(cluster, namespace, name) === undefined ? undefined : findService(cluster, namespace, name)
    return service === undefined || service.type === 'ExternalName' ? [] : [{ cluster, service }]
  })
}

/** The ports of the Services of all that export: each number once, the first that has it (MCS-18). */
export function exportedPorts(snapshot: Snapshot, asked: { readonly namespace: string; readonly name: string }): readonly ServicePort[] {
  const all = exportersOf(snapshot, asked).flatMap(({ service }) => service.ports)
  return all.filter(({ number }, index) => all.findIndex((other) => other.number === number) === index)
}
