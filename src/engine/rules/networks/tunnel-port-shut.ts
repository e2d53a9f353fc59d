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
import { hasPolicies, policiesSelecting } from '../../analysis/network-policy/policies-selecting.js'
import { flatMap } from '../../flat-map.js'
import { pausing } from '../../pause.js'
import { remembered } from '../../remembered.js'
import type { Labels } from '../../resources/meta.js'
import type { NetworkPolicy, PolicyPeer, PolicyRule } from '../../resources/network-policy/network-policy.js'
import { indexByLabels, type LabelIndex } from '../../snapshot/label-index.js'
import { namespaceLabels } from '../../snapshot/namespace-labels.js'
import type { Cluster, Snapshot } from '../../snapshot/snapshot.js'
import type { Workload } from '../../snapshot/workloads/workload.js'
import type { Breach, Rule } from '../rule.js'

const tunnel: Arriving = { port: hbonePort, protocol: 'TCP', names: undefined }

const admitsTunnels = ({ ports }: PolicyRule): boolean => matchPorts(ports, tunnel).value !== 'NO'

const portsOf = ({ ports = [] }: PolicyRule): readonly string[] =>
  ports.flatMap(({ protocol, range, name }) => (protocol === 'TCP' ? (name ?? (range === undefined ? [] : `${range.first}`)) : []))

const isCaptured = ({ dataPlane, hostNetwork }: Workload): boolean => dataPlane === 'AMBIENT' && !hostNetwork

/** A namespace with pods in ambient mode. */
interface Home {
  readonly name: string
  readonly labels: Labels
  readonly pods: readonly Workload[]
  readonly byLabels: LabelIndex<Workload>
}

interface Homes {
  readonly byName: ReadonlyMap<string, Home>
  readonly byLabels: LabelIndex<Home>
}

const homesOf = remembered((cluster: Cluster): Homes => {
  const homes = flatMap([...cluster.namespaceNames], (name): readonly Home[] => {
    const pods = cluster.workloads(name).filter(isCaptured)
    if (pods.length === 0) return []
    return [{ name, labels: namespaceLabels(cluster, name).labels, pods, byLabels: indexByLabels(pods, ({ labels }) => labels) }]
  })
  return { byName: new Map(homes.map((home) => [home.name, home])), byLabels: indexByLabels(homes, ({ labels }) => labels) }
})

/** Policies that restrict what comes in to pods in ambient mode, each with the first of these. */
function restrictedIn(cluster: Cluster): ReadonlyMap<NetworkPolicy, Workload> {
  const found = new Map<NetworkPolicy, Workload>()
  for (const { pods } of homesOf(cluster).byName.values()) {
    for (const pod of pausing(pods)) {
      for (const policy of pausing(policiesSelecting(cluster, pod, 'INGRESS')?.policies ?? []))
        if (!found.has(policy)) found.set(policy, pod)
    }
  }
  return found
}

/** Somebody who comes in a tunnel, and whom the rule means. */
function callerBy(snapshot: Snapshot, cluster: Cluster, namespace: string, { peers }: PolicyRule): Workload | undefined {
  const { byName } = homesOf(cluster)
  if (peers === undefined) return [...byName.values()][0]?.pods[0]
  const at = { snapshot, cluster, namespace, direction: 'INGRESS', virtual: false } as const
  for (const peer of pausing(peers)) {
    for (const pod of peer.ipBlock === undefined ? pausing(podsMeant(cluster, namespace, peer)) : [])
      if (matchPolicyPeer(at, peer, podPeer(snapshot, pod, '')).value === 'YES') return pod
  }
  return undefined
}

/** Pods in ambient mode with the labels that the peer asks for; its expressions are not looked at. */
function* podsMeant(cluster: Cluster, namespace: string, { namespaceSelector, podSelector }: PolicyPeer): Generator<Workload> {
  const { byName, byLabels } = homesOf(cluster)
  const own = byName.get(namespace)
  const meant = namespaceSelector === undefined ? (own === undefined ? [] : [own]) : byLabels.matching(namespaceSelector.matchLabels)
  for (const home of meant ?? byName.values()) yield* home.byLabels.matching(podSelector?.matchLabels ?? {}) ?? home.pods
}

/** Do other policies, or what could not be read of one, let tunnels in after all? */
const mayBeOpen = remembered((cluster: Cluster, pod: Workload): boolean => {
  const { policies = [], admin = [], plugins = [] } = policiesSelecting(cluster, pod, 'INGRESS') ?? {}
  return admin.length + plugins.length > 0 || policies.some(({ unclear, ingress }) => unclear || ingress?.some(admitsTunnels) === true)
})

function judge(snapshot: Snapshot, cluster: Cluster, { ingress = [], meta }: NetworkPolicy, pod: Workload): Breach | undefined {
  if (mayBeOpen(cluster, pod)) return undefined
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
      for (const [policy, pod] of hasPolicies(cluster) ? pausing(restrictedIn(cluster)) : []) {
        const breach = judge(snapshot, cluster, policy, pod)
        if (breach !== undefined) yield breach
      }
    }
  },
}
