import { pause } from '../../pause.js'
import type { Service } from '../../resources/kubernetes/service.js'
import type { Cluster } from '../../snapshot/snapshot.js'
import { selectInstances } from '../../snapshot/clusters/find-instance.js'
import { targetPortOf } from '../../snapshot/services/services-selecting.js'
import { instanceEndpoint, type NetworkOf } from './instance-endpoint.js'
import type { Endpoint } from './endpoint.js'
import { isEmptyTemplate } from '../../snapshot/workloads/workload.js'

/**
 * Endpoints that Kubernetes would write for a Service, from its selector and the instances it picks.
 *
 * Used where the cluster's EndpointSlices are not given; readiness is the pods' own, unless the Service publishes unready addresses. A template
 * without pods, scaled to zero for one, gives none.
 * Rules EDS-7, EDS-10, EDS-11.
 */
export function synthesisedEndpoints(cluster: Cluster, service: Service, networkOf: NetworkOf): Endpoint[] {
  if (service.selector === undefined) return []
  const picked = selectInstances(cluster, service.meta.namespace, service.selector).filter(
    (workload) => workload.meta.kind !== 'WorkloadEntry' && !isEmptyTemplate(workload),
  )
  const because = [cluster.ref(service.meta, 'spec.selector')]
  return service.ports.flatMap((port) =>
    picked.flatMap((workload) => {
      pause()
      const number = targetPortOf(port, workload)
      if (number === undefined) return []
      const ready = workload.ready || service.publishNotReadyAddresses
      const health = workload.labels['istio.io/draining'] ? 'DRAINING' : ready ? 'HEALTHY' : 'UNHEALTHY'
      return [
        instanceEndpoint(workload, networkOf, {
          port: number,
          portName: port.name,
          health,
          origin: 'SYNTHESISED',
          because: [...because, workload.ref],
        }),
      ]
    }),
  )
}

/** Are this cluster's endpoints for us to work out? Yes where no slice is given at all, or where the cluster is only declared. */
export function mustSynthesise(cluster: Cluster, namespace: string, name: string): boolean {
  if (cluster.resources.endpointSlices.size === 0) return true
  return !cluster.observed && !cluster.resources.endpointSlices.has(`${namespace}/${name}`)
}
