/**
 * Which of the paths take the client's traffic, and how much each, while all are healthy?
 *
 * Localities count only with outlier detection or a traffic distribution: without them every cluster's endpoints share alike, the most common surprise
 * of multi-cluster meshes. Rules LB-1, LB-2, LB-4 … LB-7, LB-9, LB-10, LB-13.
 */
import type { ReasonCode } from '../../model/reasons.js'
import type { ResourceRef } from '../../model/resource-ref.js'
import type { Step } from '../../model/step.js'
import type { MeshService } from '../../snapshot/services/mesh-service.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import type { LocalitySetting } from '../../resources/istio/traffic-policy.js'
import type { Client } from '../call/call.js'
import { augmentLabels, localityText } from '../../istiod/endpoints/endpoint-labels.js'
import { compact, labelPriority, localityMatches, localityPriority } from './locality-priority.js'
import type { NetworkPath, RouteTarget } from '../call/stage-values.js'

export interface Spread {
  readonly step: Step
  /** By path; undefined: the settings leave the path without any traffic, at any time. */
  readonly priorities: readonly (number | undefined)[]
  /** By path; they add up to 1. */
  readonly shares: readonly number[]
  /** Whether the client's own place has a say (LB-1). */
  readonly byPlace: boolean
}

interface Setting {
  readonly locality: LocalitySetting
  readonly failover: boolean
  readonly because: readonly ResourceRef[]
}

/** Shares of the client's traffic by path. */
export function distribute(client: Client, target: RouteTarget | undefined, paths: readonly NetworkPath[]): Spread {
  const setting = target === undefined || client.view === undefined ? undefined : settingOf(client, target)
  const from = localityText(client.workload.locality)
  const matching = setting?.locality.distribute.find((rule) => localityMatches(rule.from, from))
  if (setting !== undefined && matching !== undefined) return byDistribution(setting, matching.to, paths)
  const ranked = setting?.failover === true ? rank(client, setting.locality, paths) : paths.map(() => 0)
  const shares = byWeight(paths.map((path, index) => (ranked[index] === 0 ? path.weight : 0)))
  const byPlace = setting !== undefined && (setting.failover || setting.locality.distribute.length > 0)
  return { step: stepOf(target, paths, ranked, setting), priorities: ranked, shares, byPlace }
}

function byWeight(weights: readonly number[]): readonly number[] {
  const sum = weights.reduce((total, weight) => total + weight, 0)
  return weights.map((weight) => (sum === 0 ? 0 : weight / sum))
}

const none: LocalitySetting = { distribute: [], failover: [], failoverPriority: [] }

/** The one setting that governs; undefined: none does (LB-1). */
function settingOf(client: Client, target: RouteTarget): Setting | undefined {
  const { service, port, subset, rule } = target
  const outliers = rule?.outlierDetection(port.number, subset) !== undefined
  const ruled = rule?.loadBalancer(port.number, subset)?.locality
  if (rule !== undefined && ruled !== undefined) {
    return ruled.enabled === false ? undefined : { locality: ruled, failover: outliers, because: rule.because }
  }
  const labels = trafficDistribution(service, client.view)
  if (labels !== undefined) return { locality: { ...none, failoverPriority: labels }, failover: true, because: [service.ref] }
  return meshSetting(client, outliers ? (rule?.because ?? []) : undefined)
}

/** MeshConfig's, with failover where a DestinationRule detects outliers. */
function meshSetting({ view }: Client, outliers: readonly ResourceRef[] | undefined): Setting | undefined {
  const config = view?.controlPlane.meshConfig
  if (config === undefined || !config.localityLbSetting.enabled) return undefined
  return { locality: config.localityLbSetting, failover: outliers !== undefined, because: [...(outliers ?? []), ...config.because] }
}

const zone = ['topology.istio.io/network', 'topology.kubernetes.io/region', 'topology.kubernetes.io/zone']

const annotation = 'networking.istio.io/traffic-distribution'

/** The labels that a Service's traffic distribution stands for: its field, its annotation, or its namespace's (LB-7). */
function trafficDistribution({ definitions, namespace }: MeshService, view: ControlPlaneView | undefined): readonly string[] | undefined {
  const service = definitions[0]?.service
  if (service === undefined) return undefined
  const inherited = view?.configCluster?.resources.namespaces.get(namespace)?.meta.annotations[annotation]
  const value = (service.trafficDistribution ?? service.meta.annotations[annotation] ?? inherited ?? '').toLowerCase()
  if (value === 'preferclose' || value === 'prefersamezone') return zone
  return value === 'prefersamenode' ? [...zone, 'topology.istio.io/subzone', 'kubernetes.io/hostname'] : undefined
}

function rank(client: Client, setting: LocalitySetting, paths: readonly NetworkPath[]): Spread['priorities'] {
  const from = localityText(client.workload.locality)
  const own = setting.failoverPriority.length === 0 ? {} : proxyLabels(client)
  const priorities = paths.map((path) => {
    const byLocality = localityPriority(from, path.locality, setting.failover)
    if (setting.failoverPriority.length === 0) return byLocality
    const byLabels = labelPriority(setting.failoverPriority, own, pathLabels(path))
    return setting.failover.length > 0 ? byLabels * 5 + byLocality : byLabels
  })
  return compact(priorities)
}

function proxyLabels({ workload, cluster }: Client): Readonly<Record<string, string>> {
  const network = workload.networkLabel || (cluster.network.value ?? '') || workload.proxyNetwork
  const place = { cluster: cluster.name, network, locality: localityText(workload.locality), nodeName: workload.nodeName ?? '' }
  return augmentLabels(workload.labels, place)
}

/** A gateway that stands for endpoints carries their network and cluster and no other label (LB-9). */
const pathLabels = ({ endpoint, passage }: NetworkPath): Readonly<Record<string, string>> =>
  passage === undefined
    ? endpoint.labels
    : { 'topology.istio.io/network': passage.gateway.network, 'topology.istio.io/cluster': passage.gateway.cluster }

/** `distribute` gives each locality its part and takes the traffic from all that it does not list (LB-4). */
function byDistribution(setting: Setting, to: Readonly<Record<string, number>>, paths: readonly NetworkPath[]): Spread {
  const groupOf = paths.map((path) => Object.keys(to).find((pattern) => localityMatches(pattern, path.locality)))
  const totals = new Map<string, number>()
  paths.forEach((path, index) => {
    const group = groupOf[index]
    if (group !== undefined) totals.set(group, (totals.get(group) ?? 0) + path.weight)
  })
  const weights = paths.map((path, index) => {
    const group = groupOf[index]
    const total = group === undefined ? 0 : (totals.get(group) ?? 0)
    return group === undefined || total === 0 ? 0 : ((to[group] ?? 0) * path.weight) / total
  })
  return {
    step: distributedStep(setting, to, weights),
    priorities: groupOf.map((group) => (group === undefined ? undefined : 0)),
    shares: byWeight(weights),
    byPlace: true,
  }
}

function distributedStep({ because }: Setting, to: Readonly<Record<string, number>>, weights: readonly number[]): Step {
  const common = { stage: 'DISTRIBUTION' as const, because: [...because] }
  if (weights.some((weight) => weight > 0)) {
    const message = 'the locality settings distribute the traffic over the listed localities only'
    return { ...common, outcome: 'PASSED', reason: 'DISTRIBUTED', message }
  }
  const message = `the locality settings send all traffic to \`${Object.keys(to).join('`, `')}\`, where there is no endpoint`
  return { ...common, outcome: 'STOPPED', reason: 'NO_ENDPOINTS', message }
}

function stepOf(
  target: RouteTarget | undefined,
  paths: readonly NetworkPath[],
  priorities: readonly (number | undefined)[],
  setting: Setting | undefined,
): Step {
  const because = [...(setting?.failover === true ? setting.because : [])]
  const say = (reason: ReasonCode, message: string): Step => ({ stage: 'DISTRIBUTION', outcome: 'PASSED', reason, message, because })
  if (paths.length === 1) return say('SINGLE_ENDPOINT', 'there is one way to this target, which takes all that is sent there')
  if (target === undefined) return say('EVEN', 'all ready instances share the traffic, whatever their locality')
  if (priorities.some((priority) => priority !== 0)) {
    const first = priorities.filter((priority) => priority === 0).length
    return say('LOCALITY_FAILOVER', `${first} of ${paths.length} ways are the closest and take all traffic, the others stand by`)
  }
  if (setting?.failover === true) return say('EVEN', 'all endpoints are equally close and share the traffic')
  return say('EVEN', 'all endpoints share the traffic, wherever they are: without outlier detection localities do not count')
}
