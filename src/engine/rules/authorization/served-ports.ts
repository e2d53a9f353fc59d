import { inboundProtocol } from '../../istiod/inbound/inbound-protocol.js'
import { servicesSelecting, targetPortOf } from '../../snapshot/services/services-selecting.js'
import type { Protocol } from '../../resources/kubernetes/protocol.js'
import type { Enforcing } from './policies-of.js'

/** A port that the workload is called at, by the Service port that leads there. */
export interface ServedPort {
  readonly port: number
  readonly protocol: Protocol
  readonly servicePort: number
  readonly service: string
}

/** Ports of the workload that Services of its own cluster and namespace lead to. */
export function servedPorts({ view, cluster, workload }: Enforcing): readonly ServedPort[] {
  return servicesSelecting(cluster, workload).flatMap((service) =>
    service.ports.flatMap((declared) => {
      const port = targetPortOf(declared, workload)
      if (port === undefined) return []
      return [{ port, protocol: inboundProtocol(view, cluster, workload, port), servicePort: declared.number, service: service.meta.name }]
    }),
  )
}
