import { pausing } from '../../pause.js'
import type { ResourceRef } from '../../model/resource-ref.js'
import type { Protocol } from '../../resources/kubernetes/protocol.js'
import type { Service, ServicePort } from '../../resources/kubernetes/service.js'
import { servicesSelecting, targetPortOf } from '../../snapshot/services/services-selecting.js'
import type { Cluster } from '../../snapshot/snapshot.js'
import type { Workload } from '../../snapshot/workloads/workload.js'
import type { Breach, Rule } from '../rule.js'

interface Declared {
  readonly service: Service
  readonly port: ServicePort
}

interface Clash {
  readonly number: number
  readonly first: Declared
  readonly other: Declared
}

const decided: ReadonlySet<Protocol> = new Set(['HTTP', 'TLS', 'TCP'])

/** Two Services that lead to one port of the workload and say different protocols: the older one decides (TLS-12). */
function clashAt(cluster: Cluster, workload: Workload): Clash | undefined {
  const declared = new Map<number, Declared>()
  for (const service of servicesSelecting(cluster, workload)) {
    for (const port of service.ports) {
      const number = decided.has(port.protocol) ? targetPortOf(port, workload) : undefined
      if (number === undefined) continue
      const first = declared.get(number)
      if (first === undefined) declared.set(number, { service, port })
      else if (first.port.protocol !== port.protocol) return { number, first, other: { service, port } }
    }
  }
  return undefined
}

/** The owner as an object of the cluster, where it is one; else the workload. */
function ownerRef(cluster: Cluster, { namespace, owner, ref }: Workload): ResourceRef {
  const controller = cluster.resources.podControllers
    .get(namespace)
    ?.find(({ meta }) => meta.kind === owner.kind && meta.name === owner.name)
  return controller === undefined ? ref : cluster.ref(controller.meta)
}

const tell = ({ number, first, other }: Clash): string =>
  `Service \`${first.service.meta.name}\` says ${first.port.protocol} of port ${number} of its pods, and \`${other.service.meta.name}\` says ${other.port.protocol}: the proxy reads it as the older Service says, and calls by the other one are misread; say the same in both, or lead them to different ports`

export const portOfTwoProtocols: Rule = {
  code: 'PRT101',
  name: 'port-of-two-protocols',
  severity: 'WARNING',
  istio: ['IST0116', 'IST0137'],
  kiali: [],
  summary: 'Two Services lead to one port of a workload and say different protocols (TLS-12).',
  *check(snapshot): Iterable<Breach> {
    for (const cluster of snapshot.clusters.values()) {
      for (const namespace of cluster.namespaceNames) {
        if ((cluster.resources.services.get(namespace) ?? []).length < 2) continue
        const seen = new Set<string>()
        for (const workload of pausing(cluster.workloads(namespace))) {
          const owner = `${workload.owner.kind}/${workload.owner.name}`
          if (workload.dataPlane === 'NONE' || workload.dataPlane === 'AMBIENT' || seen.has(owner)) continue
          seen.add(owner)
          const clash = clashAt(cluster, workload)
          if (clash === undefined) continue
          const istio = [clash.first.port.number === clash.other.port.number ? 'IST0116' : 'IST0137']
          yield { on: ownerRef(cluster, workload), istio, message: tell(clash) }
        }
      }
    }
  },
}
