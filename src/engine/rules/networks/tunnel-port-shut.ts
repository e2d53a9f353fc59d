/**
 * Do NetworkPolicies let in what the mesh sends to pods in ambient mode?
 *
 * ztunnels and waypoints call such a pod in tunnels, to port 15008 of its own address: to a policy the port of the application is none of it. Who lets
 * callers in to that alone keeps all of them out that are in the mesh themselves. Rules NP-16, AMB-34.
 */
import { hbonePort } from '../../istiod/ambient/waypoint.js'
import { matchPolicyPeer } from '../../analysis/network-policy/match-peer.js'
import { type Arriving, matchPorts } from '../../analysis/network-policy/match-ports.js'
import { podPeer } from '../../analysis/network-policy/peer.js'
import { policiesSelecting } from '../../analysis/network-policy/policies-selecting.js'
import { pausing } from '../../pause.js'
import type { NetworkPolicy, PolicyRule } from '../../resources/network-policy/network-policy.js'
import { labelSelectorMatches } from '../../snapshot/label-selector.js'
import type { Cluster, Snapshot } from '../../snapshot/snapshot.js'
import type { Workload } from '../../snapshot/workloads/workload.js'
import type { Breach, Rule } from '../rule.js'

const tunnel: Arriving = { port: hbonePort, protocol: 'TCP', names: undefined }

const admitsTunnels = ({ ports }: PolicyRule): boolean => matchPorts(ports, tunnel).value !== 'NO'

const portsOf = ({ ports = [] }: PolicyRule): readonly string[] =>
  ports.flatMap(({ protocol, range, name }) => (protocol === 'TCP' ? (name ?? (range === undefined ? [] : `${range.first}`)) : []))

function capturedBy(cluster: Cluster, { podSelector, meta: { namespace } }: NetworkPolicy): Workload | undefined {
  return cluster
    .workloads(namespace)
    .find(({ dataPlane, hostNetwork, labels }) => dataPlane === 'AMBIENT' && !hostNetwork && labelSelectorMatches(podSelector, labels))
}

/** Somebody who comes in a tunnel, and whom the rule means. */
function callerBy(snapshot: Snapshot, cluster: Cluster, namespace: string, { peers }: PolicyRule): Workload | undefined {
  const at = { snapshot, cluster, namespace, direction: 'INGRESS', virtual: false } as const
  const pods = peers?.filter(({ ipBlock }) => ipBlock === undefined)
  for (const home of pausing(pods?.length === 0 ? [] : cluster.resources.namespaces.keys())) {
    for (const workload of pausing(cluster.workloads(home))) {
      if (workload.dataPlane !== 'AMBIENT' || workload.hostNetwork) continue
      const other = podPeer(snapshot, workload, '')
      if (pods === undefined || pods.some((peer) => matchPolicyPeer(at, peer, other).value === 'YES')) return workload
    }
  }
  return undefined
}

/** Do other policies, or what could not be read of one, let tunnels in after all? */
function mayBeOpen(cluster: Cluster, pod: Workload): boolean {
  const { policies = [], admin = [], plugins = [] } = policiesSelecting(cluster, pod, 'INGRESS') ?? {}
  return admin.length + plugins.length > 0 || policies.some(({ unclear, ingress }) => unclear || ingress?.some(admitsTunnels) === true)
}

function judge(snapshot: Snapshot, cluster: Cluster, policy: NetworkPolicy): Breach | undefined {
  const { ingress = [], meta } = policy
  if (ingress.every((rule) => portsOf(rule).length === 0)) return undefined
  const pod = capturedBy(cluster, policy)
  if (pod === undefined || mayBeOpen(cluster, pod)) return undefined
  for (const [index, rule] of ingress.entries()) {
    const ports = portsOf(rule)
    const caller = ports.length === 0 ? undefined : callerBy(snapshot, cluster, meta.namespace, rule)
    if (caller === undefined) continue
    const message = `it lets callers in to port \`${ports.join('`, `')}\`, and what \`${caller.namespace}/${caller.owner.name}\` sends to \`${pod.owner.name}\`, which is in ambient mode as well, comes in a tunnel to port ${hbonePort}, which no policy lets in: add port ${hbonePort}`
    return { on: cluster.ref(meta, `spec.ingress[${index}].ports`), message }
  }
  return undefined
}

export const tunnelPortShut: Rule = {
  code: 'NET110',
  name: 'tunnel-port-shut',
  severity: 'WARNING',
  istio: [],
  kiali: [],
  summary: 'A NetworkPolicy lets callers in to the ports of pods in ambient mode, and keeps out the tunnels in which they come (NP-16).',
  *check(snapshot): Iterable<Breach> {
    for (const cluster of snapshot.clusters.values()) {
      for (const policies of cluster.resources.networkPolicies.values()) {
        for (const policy of pausing(policies)) {
          const breach = judge(snapshot, cluster, policy)
          if (breach !== undefined) yield breach
        }
      }
    }
  },
}
