import { pausing } from '../../pause.js'
import type { Service, ServicePort } from '../../resources/kubernetes/service.js'
import { indexByLabels } from '../../snapshot/label-index.js'
import type { Cluster } from '../../snapshot/snapshot.js'
import type { Workload } from '../../snapshot/workloads/workload.js'
import type { Breach, Rule } from '../rule.js'
import { isUnread } from '../unlisted-services.js'

type Told = Required<Pick<Breach, 'severity' | 'message'>>

/** Machines write their ports in their entry, and gateways open theirs by Gateway objects. */
const isPod = ({ meta, dataPlane }: Workload): boolean =>
  meta.kind !== 'WorkloadEntry' && meta.kind !== 'WorkloadGroup' && dataPlane !== 'GATEWAY'

const hasPort = ({ targetPort }: ServicePort, { containerPorts }: Workload): boolean =>
  containerPorts.some(({ name, number }) => (typeof targetPort === 'number' ? number === targetPort : name === targetPort))

const written = ({ containerPorts }: Workload): string =>
  containerPorts.map(({ name, number }) => (name === undefined ? `${number}` : `\`${name}\` (${number})`)).join(', ') || 'none'

/** Containers need not say their ports: one that says some, and not this one, may still listen there. */
function byNumber({ number, targetPort }: ServicePort, pods: readonly Workload[], without: readonly Workload[]): Told | undefined {
  const [first] = without
  if (first === undefined || without.length < pods.length || pods.some(({ containerPorts }) => containerPorts.length === 0))
    return undefined
  const message = `port ${number} leads to port ${targetPort}, which no container of \`${first.owner.name}\` says (they say ${written(first)}): calls are refused unless something listens there all the same; correct \`targetPort\``
  return { severity: 'INFO', message }
}

function byName({ number, targetPort }: ServicePort, pods: readonly Workload[], without: readonly Workload[]): Told | undefined {
  const [first] = without
  if (first === undefined) return undefined
  const whole = without.length === pods.length
  const who = whole ? 'no pod of the Service has' : `\`${first.owner.name}\` has not`
  const effect = whole ? 'the port has no endpoints, and calls get 503' : `\`${first.owner.name}\` is no endpoint of the port`
  const message = `port ${number} leads to the container port \`${targetPort}\`, which ${who} (ports there: ${written(first)}): ${effect}; name the port so in the container, or correct \`targetPort\``
  return { severity: whole ? 'ERROR' : 'WARNING', message }
}

function breachOf(cluster: Cluster, { meta, ports }: Service, index: number, pods: readonly Workload[]): Breach | undefined {
  const port = ports[index]
  if (port === undefined) return undefined
  const without = pods.filter((pod) => !hasPort(port, pod))
  const told = typeof port.targetPort === 'number' ? byNumber(port, pods, without) : byName(port, pods, without)
  return told === undefined ? undefined : { on: cluster.ref(meta, `spec.ports[${index}].targetPort`), ...told }
}

export const targetPortOfNobody: Rule = {
  code: 'PRT103',
  name: 'target-port-of-nobody',
  severity: 'ERROR',
  istio: [],
  kiali: ['KIA0701'],
  summary: 'A Service’s port leads to a port that its pods do not have (EDS-7).',
  *check(snapshot): Iterable<Breach> {
    for (const cluster of snapshot.clusters.values()) {
      for (const [namespace, services] of cluster.resources.services) {
        if (isUnread([cluster], 'pods', namespace) || isUnread([cluster], 'podControllers', namespace)) continue
        const shapes = [
          ...new Map(
            cluster
              .workloads(namespace)
              .filter(isPod)
              .map((pod) => [`${pod.owner.kind}/${pod.owner.name}`, pod]),
          ).values(),
        ]
        const selected = indexByLabels(shapes, ({ labels }) => labels)
        for (const service of pausing(services)) {
          const { selector } = service
          if (selector === undefined || service.type === 'ExternalName') continue
          if (cluster.resources.endpointSlices.has(`${namespace}/${service.meta.name}`)) continue
          const pods = selected.matching(selector) ?? shapes
          for (const index of service.ports.keys()) {
            const breach = breachOf(cluster, service, index, pods)
            if (breach !== undefined) yield breach
          }
        }
      }
    }
  },
}
